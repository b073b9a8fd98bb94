# Short names for what developers do often. `make check` is what the build server runs.
PINS = uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.12 pyproject.toml $(UPGRADE)

.PHONY: run check format pins

run:
	./run

check:
	./test

# Bring sources and templates into the form that `make check` expects.
format:
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	.venv/bin/djangofmt templates

# Pin what pyproject.toml asks for, the same versions everywhere; UPGRADE=--upgrade takes the newest ones.
pins:
	$(PINS) --extra servers --extra test -o requirements/test.txt
	$(PINS) -c requirements/test.txt -o requirements/run.txt
	$(PINS) --extra servers -c requirements/test.txt -o requirements/local.txt

# Only for whoever changes the editor or the list of icons: needs Node. What they make is committed.
.PHONY: editor icons
editor icons: frontend/node_modules
	cd frontend && npm run $@

frontend/node_modules: frontend/package.json
	cd frontend && npm install --no-package-lock --no-audit --no-fund
