"""All settings, from `SANAD_…` variables or a `.env` file: read here only, checked at start, then passed on."""

import os
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may choose. A value that does not fit is refused with its name before anything starts."""

    model_config = SettingsConfigDict(env_prefix="SANAD_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(default=Path("data"), description="Where models, indexes and feedback are kept.")
    model: str = Field(
        default="multilingual-e5-small",
        description="The shipped embedding model, or the hub name or path of another sentence-transformers model.",
    )
    threads: Annotated[int, Field(ge=1, le=256)] = Field(
        default_factory=lambda: os.cpu_count() or 1,
        description="CPU threads for the embedding model, and files that are read at the same time.",
    )
    reranker: str | None = Field(
        default=None,
        description="Hub name or path of a cross-encoder that reads the first 50 passages again; slow on a CPU.",
    )
    host: str = Field(default="127.0.0.1", description="Address that `sanad serve` listens on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=8000, description="Port of `sanad serve`.")
    mcp: bool = Field(default=False, description="Whether `sanad serve` has the tools of `sanad mcp` at /mcp.")

    llm_base_url: str | None = Field(
        default=None, description="OpenAI-compatible server whose model words the answers; none by default: quotes."
    )
    llm_model: str = Field(default="", description="That model, as its server names it.")
    llm_api_key: SecretStr = Field(default=SecretStr("none"), description="The key of that server, where it wants one.")
    llm_timeout_s: Annotated[float, Field(gt=0, le=600)] = Field(
        default=20.0, description="Seconds after which an answer is given in quotes instead."
    )

    judge_base_url: str | None = Field(
        default=None,
        description="OpenAI-compatible server whose model judges answers in `sanad eval`; none by default.",
    )
    judge_model: str = Field(default="", description="The model that judges, as its server names it.")
    judge_api_key: SecretStr = Field(
        default=SecretStr("none"), description="The key of that server, where it wants one."
    )

    @model_validator(mode="after")
    def _models_are_named(self) -> Self:
        if self.judge_base_url and not self.judge_model:
            raise ValueError("SANAD_JUDGE_BASE_URL needs a model, got none: set SANAD_JUDGE_MODEL")
        if self.llm_base_url and not self.llm_model:
            raise ValueError("SANAD_LLM_BASE_URL needs a model, got none: set SANAD_LLM_MODEL")
        return self

    @property
    def models_folder(self) -> Path:
        return self.data_dir / "models"

    @property
    def index_folder(self) -> Path:
        return self.data_dir / "index"

    @property
    def feedback_file(self) -> Path:
        return self.data_dir / "feedback.jsonl"
