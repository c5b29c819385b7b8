"""Settings: CITEWISE_* environment variables, or the same names in lower case in citewise.toml.

The environment wins over the file, and what a command is told wins over both. Every field's description is
what the documentation says of it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from indexer.errors import SettingsError

PREFIX = "CITEWISE_"
CONFIG_VARIABLE = "CITEWISE_CONFIG"
CONFIG_FILE = "citewise.toml"


class IndexSettings(BaseSettings):
    """What the indexer and the service both read; the service's own settings come on top."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
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
    keep_generations: int = Field(
        3,
        ge=2,
        le=1000,
        description="How many generations of the index a build keeps: two at least, since a running service may "
        "still be answering from the one before.",
    )
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


_Settings = TypeVar("_Settings", bound=IndexSettings)


def load(kind: type[_Settings], told: Mapping[str, Any]) -> _Settings:
    """Settings of a kind, with what a command was told; None stands for not told.

    Raises SettingsError, one line that names the setting, what is wrong and where it was set.
    """
    given = {name: value for name, value in told.items() if value is not None}
    try:
        return kind(**given)
    except ValidationError as fault:
        raise SettingsError(_explain(fault, given)) from fault


def load_settings(**told: Any) -> IndexSettings:
    """What the indexer's commands read. Raises SettingsError."""
    return load(IndexSettings, told)


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
