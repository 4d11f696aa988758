"""Settings: one `hemeroteca.toml`, each key overridable as `HEMEROTECA__SECTION__KEY`."""

import os
import re
import tomllib
from difflib import get_close_matches

from pydantic import Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from articles.errors import BadSettings
from articles.model import SiteRule
from flows.sections import CCNews, Extraction, Network, Revisits, RuleSettings, SourceSettings, Wayback
from warehouse.home import Home

PREFIX = "HEMEROTECA__"
"""Of variables in the environment."""

SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Settings(BaseSettings):
    """All settings of a home."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    network: Network = Network()
    revisits: Revisits = Revisits()
    extraction: Extraction = Extraction()
    wayback: Wayback = Wayback()
    ccnews: CCNews = CCNews()
    sources: dict[str, SourceSettings] = Field(default={}, description="A newspaper by its slug, the key everywhere.")
    rules: dict[str, tuple[RuleSettings, ...]] = Field(
        default={}, description="How the pages of a domain are read; several where they looked differently in time."
    )

    @field_validator("rules", mode="before")
    @classmethod
    def one_or_several(cls, rules: object) -> object:
        """Take a single table for a list of one."""
        if not isinstance(rules, dict):
            return rules
        return {domain: [stated] if isinstance(stated, dict) else stated for domain, stated in rules.items()}

    def site_rules(self) -> tuple[SiteRule, ...]:
        """The rules as the extractor takes them."""
        return tuple(rule.of(domain.lower()) for domain, stated in self.rules.items() for rule in stated)

    @field_validator("sources")
    @classmethod
    def slugs(cls, sources: dict[str, SourceSettings]) -> dict[str, SourceSettings]:
        """Refuse slugs that would not do as keys and file names."""
        for slug in sources:
            if not SLUG.fullmatch(slug):
                raise ValueError(f"{slug!r}: a source's name is made of a-z, 0-9, dot, dash and underscore")
        return sources

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment overrides what the caller read from the file; nothing else has a say."""
        return env_settings, init_settings


def load_settings(home: Home) -> Settings:
    """The settings of a home: its file, overridden by the environment."""
    try:
        stated = tomllib.loads(home.settings.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"no valid TOML: {error}", url=str(home.settings)) from error
    try:
        return Settings(**stated)
    except SettingsError as error:
        named = ", ".join(sorted(name for name in os.environ if name.upper().startswith(PREFIX)))
        raise BadSettings(
            f"of {named} one cannot be read ({error}): lists and tables are written as JSON, '[1, 2]' for example"
        ) from error
    except ValidationError as error:
        faults = "; ".join(f"{place_of(fault)}: {in_words(fault)}" for fault in error.errors())
        raise BadSettings(f"{faults} (see docs/settings.md)", url=str(home.settings)) from error


def place_of(fault: ErrorDetails) -> str:
    """Where a setting stands: its key in the file, or the environment's variable."""
    variable = PREFIX + "__".join(map(str, fault["loc"])).upper()
    stated = {name.upper(): name for name in os.environ}.get(variable)
    return f"{stated} in the environment" if stated else ".".join(map(str, fault["loc"]))


def in_words(fault: ErrorDetails) -> str:
    """What is wrong with a setting; for a key that does not exist, the nearest that does."""
    if fault["type"] != "extra_forbidden":
        return fault["msg"]
    sections = (Settings, Network, Revisits, Extraction, Wayback, CCNews, SourceSettings, RuleSettings)
    keys = {name for section in sections for name in section.model_fields}
    near = get_close_matches(str(fault["loc"][-1]), sorted(keys), 1)
    return "there is no such key" + (f"; did you mean {near[0]}?" if near else "")
