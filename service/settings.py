"""The service's settings, on top of those that it shares with the indexer."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from indexer.errors import SettingsError
from indexer.settings import CONFIG_FILE, CONFIG_VARIABLE, PREFIX, IndexSettings, load
from service.origins import Origins, listed

# Read by others than the service: callers of a protected one, and the indexer's settings.
_OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, "CITEWISE_API_KEY"})


PACKAGED_READER, NO_MODEL = "packaged", "none"
PROMPTS = Path(__file__).resolve().parent.parent / "prompts"


# A channel is an id too, or "direct" for direct messages to the bot.
_SLACK_ID = re.compile(r"[A-Z][A-Z0-9]{1,20}|direct")


def _slack_ids(stated: tuple[str, ...]) -> tuple[str, ...]:
    for name in stated:
        if not _SLACK_ID.fullmatch(name):
            raise ValueError(f"{name!r} is no id of Slack's; it begins with T for a workspace, C, G or D for a channel")
    return stated


SlackIds = Annotated[tuple[str, ...], NoDecode, BeforeValidator(listed), AfterValidator(_slack_ids)]


class Settings(IndexSettings):
    model_config = SettingsConfigDict(extra="forbid")

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
    origins: Origins = Field(
        (),
        description="The origins of other sites whose pages may embed the chat widget, exactly, with commas between.",
    )
    answerer: Literal["extractive", "generative"] = Field(
        "extractive",
        description="What writes answers: `extractive` quotes the reports' own sentences; `generative` lets the "
        "language model write, and shows what can be verified.",
    )
    model_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s?#]+$",
        description="The base address of an OpenAI-compatible server, as in http://127.0.0.1:11434/v1.",
    )
    model_name: str | None = Field(None, min_length=1, description="The name of the model on that server.")
    model_key: SecretStr | None = Field(None, description="The server's key, where it wants one.")
    model_connect_seconds: float = Field(
        5.0, gt=0, le=60, description="How long the language model's server may take to accept a connection."
    )
    model_read_seconds: float = Field(
        60.0, gt=0, le=600, description="How long the language model may keep silent, before its first word or after."
    )
    model_total_seconds: float = Field(
        120.0,
        gt=0,
        le=1800,
        description="How long one answer of the language model may take, with waiting and retries.",
    )
    model_calls: int = Field(4, ge=1, le=64, description="How many answers the language model may write at once.")
    model_tokens: int = Field(
        1200, ge=100, le=32_000, description="How long one answer of the language model may be, in tokens."
    )
    prompts: Path | None = Field(
        None,
        description="The folder of the texts that are sent to the language model; by default the one that comes with "
        "Citewise.",
    )
    judge_model: str = Field(
        PACKAGED_READER,
        min_length=1,
        description="What judges a language model's claims beside the checks: `packaged`, the reader that comes with "
        "the service; `none`; or the folder or hub name of a CrossEncoder for natural language inference.",
    )
    reranker_model: str = Field(
        PACKAGED_READER,
        min_length=1,
        description=(
            "What reads the best evidence together with the question: `packaged`, the reader that comes with the "
            "service; `none`; or a CrossEncoder's folder or hub name, which then only ranks."
        ),
    )
    store_url: SecretStr | None = Field(
        None,
        description="The database that keeps feedback and answers, as SQLAlchemy writes its address; by default "
        "`citewise.db`, SQLite's, beside the index folder.",
    )
    keep_answers: bool = Field(
        False, description="Keep answers with their questions, as they were given; off, for they may name people."
    )
    keep_days: int = Field(
        365, ge=1, le=3650, description="How many days feedback and answers are kept, before they are deleted."
    )
    slack_bot_token: SecretStr | None = Field(None, description="The Slack app's bot token, `xoxb-…`.")
    slack_app_token: SecretStr | None = Field(
        None, description="The Slack app's app-level token, `xapp-…`, for `citewise slack`."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="The Slack app's signing secret; where it is set, `citewise serve` takes Slack's requests."
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", pattern=r"^https?://[^\s?#]+/$", description="The address of Slack's Web API."
    )
    slack_workspaces: SlackIds = Field(
        (), description="The ids of the only workspaces that may ask, with commas between; empty for all."
    )
    slack_channels: SlackIds = Field(
        (),
        description="The ids of the only channels in which people may ask, with commas between, and `direct` for "
        "direct messages; empty for all.",
    )
    threads: int | None = Field(
        None,
        ge=1,
        le=256,
        description="How many questions are worked on at once; those that wait together are embedded together. Where "
        "it is not set, two for each of the machine's cores, but no more than 32.",
    )
    request_body_limit: int = Field(
        1_048_576, ge=1024, le=1 << 30, description="The largest request body that is read, in bytes."
    )
    reload_seconds: float = Field(
        1.0, gt=0, le=3600, description="How often the service looks for a new generation of the index, in seconds."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least level that is logged."
    )
    log_questions: bool = Field(False, description="Write questions into the log; off, for they may name people.")

    @property
    def store_address(self) -> str:
        if self.store_url is not None:
            return self.store_url.get_secret_value()
        return f"sqlite:///{self.index.absolute().parent / 'citewise.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """As the indexer's; here, where every setting is known, an unknown key of the file is an error."""
        *others, config = super().settings_customise_sources(
            settings_cls, init_settings, env_settings, dotenv_settings, file_secret_settings
        )
        if unknown := sorted(config().keys() - cls.model_fields.keys()):
            path = os.environ.get(CONFIG_VARIABLE) or CONFIG_FILE
            raise SettingsError(f"{path}: {', '.join(unknown)} is no setting; known are {', '.join(cls.model_fields)}")
        return *others, config


def load_settings(**told: Any) -> Settings:
    """The settings, with what a command was told; None stands for not told.

    Raises SettingsError, one line that names the setting, what is wrong and where it was set.
    """
    settings = load(Settings, told)
    if (settings.model_url is None) is not (settings.model_name is None):
        there, missing = ("URL", "NAME") if settings.model_name is None else ("NAME", "URL")
        raise SettingsError(f"CITEWISE_MODEL_{there} is set and CITEWISE_MODEL_{missing} is not; set both or neither")
    if settings.answerer == "generative" and settings.model_url is None:
        raise SettingsError(
            "CITEWISE_ANSWERER is generative and there is no language model; set CITEWISE_MODEL_URL and "
            "CITEWISE_MODEL_NAME, or CITEWISE_ANSWERER=extractive"
        )
    if settings.auth != "none":
        raise SettingsError(
            f"authentication by {settings.auth} is not part of this version; set CITEWISE_AUTH=none and let a "
            "reverse proxy decide who reaches the service"
        )
    if settings.slack_signing_secret is not None:
        check_slack(settings, "slack_bot_token")
    return settings


def check_slack(settings: Settings, *needed: str) -> None:
    """Raises SettingsError if one of these settings, or the address that messages link to, is missing."""
    missing = [name for name in (*needed, "public_url") if getattr(settings, name) is None]
    if missing:
        names = ", ".join(PREFIX + name.upper() for name in missing)
        raise SettingsError(f"Slack needs {names}, which {'is' if len(missing) == 1 else 'are'} not set")


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


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
