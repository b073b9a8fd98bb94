"""Static files under names that carry a hash of what is in them, without comments, compressed once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, override

import rjsmin
import zopfli.gzip
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class SmallCompressor(Compressor):
    """What is written once and fetched by every phone may take a little longer to press."""

    @staticmethod
    def compress_gzip(data: bytes) -> bytes:
        return bytes(zopfli.gzip.compress(data, numiterations=15))


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

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return SmallCompressor(**kwargs)

    @override
    def post_process(self, paths: Mapping[str, tuple[Storage, str]], *args: Any, **kwargs: Any) -> Iterator[Any]:
        """A phone fetches our scripts without what is written for people: a fifth less. Vendored ones come so."""
        ours = {name for name in paths if name.startswith("js/") and name.endswith(".js")}
        for name in ours:
            storage, path = paths[name]
            with storage.open(path) as file:
                script = ContentFile(rjsmin.jsmin(file.read().decode()).encode())
            self.delete(name)
            self.save(name, script)
        yield from super().post_process({**paths, **{name: (self, name) for name in ours}}, *args, **kwargs)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Leave out the files under their plain names."""
        asked_for = set(self.hashed_files.values())
        yield from super().compress_files(path for path in paths if path in asked_for)
