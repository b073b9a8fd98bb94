from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from leipartners.storage import StaticFilesStorage


def test_pages_get_compressed_files_under_hashed_names_and_plain_names_cost_nothing(tmp_path):
    (tmp_path / "app.js").write_text('import "./piece.js";\n' + "// the same words again\n" * 100)
    (tmp_path / "piece.js").write_text("// words of another piece\n" * 100)
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    names = {name: (storage, name) for name in ("app.js", "piece.js")}
    assert [done for *_, done in storage.post_process(names) if isinstance(done, Exception)] == []
    app, piece = storage.stored_name("app.js"), storage.stored_name("piece.js")
    assert {path.name for path in tmp_path.glob("*.gz")} == {f"{app}.gz", f"{piece}.gz"}
    assert f'"./{piece}"' in (tmp_path / app).read_text()


def test_our_own_scripts_are_sent_without_comments(tmp_path):
    source = FileSystemStorage(location=tmp_path / "source")
    source.save("js/app.js", ContentFile(b"/** Says how. */\nexport const how = `// kept`; // why\n"))
    storage = StaticFilesStorage(location=tmp_path / "collected", base_url="/static/")
    assert [
        done for *_, done in storage.post_process({"js/app.js": (source, "js/app.js")}) if isinstance(done, Exception)
    ] == []
    with storage.open(storage.stored_name("js/app.js")) as sent:
        assert sent.read() == b"export const how=`// kept`;"
