"""Settings: CITEWISE_* environment variables, or the same names in lower case in citewise.toml.

The environment wins over the file, and what a command is told wins over both. Every field's description is
what the documentation says of it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from service.errors import SettingsError

PREFIX = "CITEWISE_"
CONFIG_VARIABLE = "CITEWISE_CONFIG"
CONFIG_FILE = "citewise.toml"
# Read by others than the service: callers of a protected one, and this module itself.
_OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, "CITEWISE_API_KEY"})


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    index: Path = Field(Path("index"), description="The index folder.")
    embedding_model: str = Field(
        "packaged",
        min_length=1,
        description="The embedding model: `packaged`, a folder, or a hub name. It must be the one that made the index.",
    )
    embedding_backend: Literal["auto", "openvino", "torch"] = Field(
        "auto", description="What runs the embedding model: `auto`, `openvino` or `torch`."
    )
    cache: Path | None = Field(
        None, description="Where exported model graphs are kept; `citewise` in the user's cache folder by default."
    )
    host: str = Field("127.0.0.1", min_length=1, description="The address that `citewise serve` listens on.")
    port: int = Field(8000, ge=0, le=65535, description="The port that `citewise serve` listens on; 0 for a free one.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s?#]+$",
        description="The address under which people reach the service, put before links shown outside of it.",
    )
    auth: Literal["none", "keys", "proxy", "oidc"] = Field(
        "none", description="Who may ask: `none` lets everybody in who can reach the service."
    )
    allow_open: bool = Field(
        False, description="Let a service without authentication listen on more than this machine."
    )
    answerer: Literal["extractive", "generative"] = Field(
        "extractive", description="What writes answers: `extractive` quotes the reports' own sentences."
    )
    threads: int = Field(2, ge=1, le=256, description="How many questions are worked on at the same time.")
    request_body_limit: int = Field(
        1_048_576, ge=1024, le=1 << 30, description="The largest request body that is read, in bytes."
    )
    reload_seconds: float = Field(
        1.0, gt=0, le=3600, description="How often the service looks for a new generation of the index, in seconds."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="The least level that is logged.")
    log_questions: bool = Field(False, description="Write questions into the log; off, for they may name people.")
    keep_generations: int = Field(3, ge=1, le=1000, description="How many generations of the index a build keeps.")
    max_file_mb: int = Field(64, ge=1, le=4096, description="The largest report file that is read, in megabytes.")
    profiles: Path | None = Field(None, description="A folder of profile files of your own, beside the packaged ones.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what a command is told, the environment and citewise.toml, in this order."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, InitSettingsSource(settings_cls, _read_config())


def load_settings(**told: Any) -> Settings:
    """The settings, with what a command was told; None stands for not told.

    Raises SettingsError, one line that names the setting, what is wrong and where it was set.
    """
    given = {name: value for name, value in told.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as fault:
        raise SettingsError(_explain(fault, given)) from fault
    if settings.answerer == "generative":
        raise SettingsError("generative answers are not part of this version; set CITEWISE_ANSWERER=extractive")
    if settings.auth != "none":
        raise SettingsError(
            f"authentication by {settings.auth} is not part of this version; set CITEWISE_AUTH=none and let a "
            "reverse proxy decide who reaches the service"
        )
    return settings


def check_reach(settings: Settings) -> None:
    """Raises SettingsError if the service would be open to more than this machine without being told so."""
    if settings.auth == "none" and not settings.allow_open and not _is_loopback(settings.host):
        raise SettingsError(
            f"CITEWISE_HOST is {settings.host}, which other machines can reach, and CITEWISE_AUTH is none; "
            "set CITEWISE_ALLOW_OPEN=1 if anybody there may ask, or CITEWISE_HOST=127.0.0.1"
        )


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """The CITEWISE_* variables that are no setting, in order: misspelt, or of another version."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | _OTHER_VARIABLES
    return sorted(name for name in environment if name.upper().startswith(PREFIX) and name.upper() not in known)


def _read_config() -> dict[str, Any]:
    stated = os.environ.get(CONFIG_VARIABLE)
    path = Path(stated) if stated else Path(CONFIG_FILE)
    if not stated and not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise SettingsError(f"{path} cannot be read ({fault.strerror}); correct {CONFIG_VARIABLE}") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path} is not valid TOML: {fault}") from fault
    unknown = sorted(found.keys() - Settings.model_fields.keys())
    if unknown:
        raise SettingsError(f"{path}: {', '.join(unknown)} is no setting; known are {', '.join(Settings.model_fields)}")
    return found


def _explain(fault: ValidationError, told: Mapping[str, Any]) -> str:
    lines = []
    for error in fault.errors(include_url=False, include_context=False, include_input=False):
        name = str(error["loc"][0]).lower() if error["loc"] else "the settings"
        lines.append(f"{_where(name, told)} is wrong: {error['msg'][:1].lower()}{error['msg'][1:]}")
    return "; ".join(lines)


def _where(name: str, told: Mapping[str, Any]) -> str:
    if name in told:
        return f"--{name.replace('_', '-')}"
    variable = PREFIX + name.upper()
    if any(known.upper() == variable for known in os.environ):
        return variable
    return f"{name} in {os.environ.get(CONFIG_VARIABLE) or CONFIG_FILE}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
