"""All settings, from `SANAD_…` variables or a `.env` file: read here only, checked at start, then passed on."""

import os
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _parted(written: object) -> object:
    return [part.strip() for part in written.split(",") if part.strip()] if isinstance(written, str) else written


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

    contact: Annotated[str, Field(pattern=r"^[ -~]+$")] | None = Field(
        default=None, description="E-mail or page that `sanad corpus fetch` gives to the hosts that it asks."
    )
    fetch_delay_s: Annotated[float, Field(ge=0, le=600)] = Field(
        default=2.0, description="Seconds between two requests to a host; its robots.txt may ask for more."
    )
    fetch_timeout_s: Annotated[float, Field(gt=0, le=600)] = Field(
        default=30.0, description="Seconds of silence after which a request is given up."
    )
    fetch_largest_mb: Annotated[int, Field(ge=1, le=2000)] = Field(
        default=50, description="Megabytes that a fetched file may have."
    )
    fetch_loopback: bool = Field(
        default=False, description="Fetch from this machine too, for a trial; other private addresses never."
    )

    keys_path: Path | None = Field(default=None, description="File of the API keys; in SANAD_DATA_DIR by default.")
    anonymous: bool = Field(
        default=True, description="Whether questions, search, documents and feedback are open without a key."
    )
    anonymous_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=60, description="Requests a minute for each client address without a key."
    )
    key_per_minute: Annotated[int, Field(ge=1)] = Field(default=600, description="Requests a minute for each key.")
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_parted)] = Field(
        default=(),
        description="Addresses or networks, with commas, whose X-Forwarded-For is believed; none by default.",
    )
    concurrent: Annotated[int, Field(ge=1, le=256)] = Field(
        default_factory=lambda: 2 * (os.cpu_count() or 1), description="Questions that are worked on at the same time."
    )
    waiting: Annotated[int, Field(ge=0, le=10_000)] = Field(
        default=16, description="Questions that may wait for one of those to end; more are refused at once."
    )
    body_bytes: Annotated[int, Field(ge=1024)] = Field(default=64 * 1024, description="Largest request body in bytes.")
    body_timeout_s: Annotated[float, Field(gt=0, le=600)] = Field(
        default=10.0, description="Seconds within which a request body must have arrived."
    )
    ingest: bool = Field(
        default=False, description="Whether maintainers with the scope `ingest` may upload documents at /v1/ingest."
    )
    upload_mb: Annotated[int, Field(ge=1, le=2000)] = Field(
        default=50, description="Megabytes that an uploaded document may have."
    )
    renew_s: Annotated[float, Field(gt=0, le=3600)] = Field(
        default=5.0, description="Seconds between two looks of `sanad serve` for a newer index."
    )
    metrics_port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None, description="Port of the metrics for Prometheus; none by default."
    )
    metrics_host: str = Field(default="127.0.0.1", description="Address of the metrics.")
    otlp_endpoint: str | None = Field(
        default=None, description="OpenTelemetry collector for traces (OTLP over HTTP); needs the extra `otel`."
    )
    maintain: bool = Field(
        default=False, description="Whether `/maintain` is there for keys with the scope admin; not by default."
    )
    log_format: Literal["json", "text"] = Field(
        default="json", description="Form of the lines that `sanad serve` logs."
    )
    commit: str | None = Field(
        default=None, description="Commit that this was built from, for `GET /version`; the image sets it."
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
    def fetched_folder(self) -> Path:
        return self.data_dir / "fetched"

    @property
    def uploads_folder(self) -> Path:
        return self.data_dir / "uploads"

    @property
    def feedback_file(self) -> Path:
        return self.data_dir / "feedback.jsonl"

    @property
    def keys_file(self) -> Path:
        return self.keys_path or self.data_dir / "keys.sqlite"
