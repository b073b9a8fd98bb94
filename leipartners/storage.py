"""Static files under names that carry a hash of what is in them, compressed once."""

from collections.abc import Iterable, Iterator
from typing import Any, override

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Compresses only what pages ask for, which halves the work: the names with a hash, in modules' imports too."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    @override
    def url(self, name: str | None, force: bool = False) -> str:
        """A page names a dozen files, whose addresses stay the same as long as the program runs."""
        if force or settings.DEBUG or name is None:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Leave out the files under their plain names."""
        asked_for = set(self.hashed_files.values())
        yield from super().compress_files(path for path in paths if path in asked_for)
