"""Static files under names that carry a hash of what is in them, compressed once."""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Compresses only what pages ask for, which halves the work: the names with a hash, in modules' imports too."""

    support_js_module_import_aggregation = True

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Leave out the files under their plain names."""
        asked_for = set(self.hashed_files.values())
        yield from super().compress_files(path for path in paths if path in asked_for)
