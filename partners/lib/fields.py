"""Model fields that keep a column in its one right form."""

import unicodedata
from typing import Any, cast
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models


def sort_key(text: str) -> str:
    """Return the text as people look it up: without accents, in one case ("Ärø" -> "aro")."""
    plain = text.casefold().translate({0xF8: "o", 0xE6: "ae", 0x142: "l", 0x131: "i"})
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


class LowerEmailField(models.EmailField):
    """An address that is compared and stored in lower case."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.strip().lower() if isinstance(value, str) else value


class SortKeyField(models.CharField):
    """The sort key of another field of the row, kept by every write; the database's collation knows no accents."""

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        fixed: dict[str, Any] = {"max_length": 250, "editable": False, "db_index": True, "default": ""}
        super().__init__(*args, **fixed | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's own signature
        key = sort_key(getattr(model_instance, self.source))[: cast("int", self.max_length)]
        setattr(model_instance, self.attname, key)
        return key


ZONES = [*sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")), "UTC"]


def validate_zone(value: str) -> None:
    if value not in ZONES:
        raise ValidationError("%(value)s is not a time zone. Write one such as Europe/Paris.", params={"value": value})


class ZoneField(models.CharField):
    """The name of a time zone, such as America/New_York."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed: dict[str, Any] = {"max_length": 64, "default": "UTC", "validators": [validate_zone]}
        super().__init__(*args, **fixed | kwargs)
