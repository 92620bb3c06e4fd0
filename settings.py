"""All settings, from `SANAD_…` variables or a `.env` file: read here only, checked at start, then passed on."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field
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
    host: str = Field(default="127.0.0.1", description="Address that `sanad serve` listens on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=8000, description="Port of `sanad serve`.")

    @property
    def models_folder(self) -> Path:
        return self.data_dir / "models"

    @property
    def index_folder(self) -> Path:
        return self.data_dir / "index"

    @property
    def feedback_file(self) -> Path:
        return self.data_dir / "feedback.jsonl"
