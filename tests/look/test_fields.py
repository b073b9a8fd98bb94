"""Django's own form rendering gives our mark-up, with everything wired for screen readers."""

from django.template import Context, Template

from tests.look.forms import PiecesForm


def test_field_has_label_hint_and_errors_wired():
    html = PiecesForm({"name": ""})["name"].as_field_group()
    assert '<label for="id_name">Name' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<div class="hint" id="id_name_helptext">' in html
    assert 'id="id_name_error"' in html
    assert "This field is required." in html


def test_optional_fields_say_so():
    assert "optional" in PiecesForm()["about"].as_field_group()
    assert "optional" not in PiecesForm()["name"].as_field_group()


def test_groups_are_fieldsets_with_a_legend():
    html = PiecesForm()["kind"].as_field_group()
    assert html.count("<legend>") == 1
    assert "<fieldset" in html


def test_form_shows_errors_of_the_whole_first():
    html = Template("{{ form }}").render(Context({"form": PiecesForm({"name": "clash"})}))
    assert html.index("Ken Obara is in Lyon") < html.index('id="id_name"')
    assert html.count('class="field') == len(PiecesForm().fields)


def test_hints_are_escaped():
    form = PiecesForm()
    form.fields["name"].help_text = "<b>bold</b>"
    assert "<b>" not in form["name"].as_field_group()
