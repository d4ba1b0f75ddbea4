# make demo: the graph of the sample documents, from nothing. make test: every check. make bench: speed, as ratios.
# make docs: the pages of docs/, with the notebooks as they run.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := demo-output
EXTRAS ?= dev
FOUND := SELECT ?found (COUNT(DISTINCT ?thing) AS ?number) WHERE { VALUES (?type ?found) { \
  (ek:Agency "机关") (ek:OfficialDocument "文件") (ek:Program "政策工具") \
  (ek:AchievedQuantity "实绩") (ek:PlannedQuantity "目标") (ek:NormQuantity "标准与条件") } \
  ?thing a ?type } GROUP BY ?found ORDER BY DESC(?number)

.PHONY: demo test bench bench-pages docs clean

$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/pyvenv.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$(EXTRAS)]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/eldercare-kg build samples -o $(OUT)/graph
	@$(BIN)/eldercare-kg query $(OUT)/graph '$(FOUND)'
	$(BIN)/eldercare-kg explore $(OUT)/graph -o $(OUT)/explorer.html
	$(BIN)/eldercare-kg ask $(OUT)/graph cq05 -p region=重庆市渝北区 -p year=2023 -p what=失能老人 --evidence
	@echo
	@echo "The graph is in $(OUT)/graph, its page in $(OUT)/explorer.html (open it in any browser, no network needed)."
	@echo "Next:"
	@echo "  $(BIN)/eldercare-kg show $(OUT)/graph 长期护理保险"
	@echo "  $(BIN)/eldercare-kg ask $(OUT)/graph"
	@echo "  $(BIN)/eldercare-kg build YOUR_FOLDER -o my-graph"

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/formats.py

bench-pages: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/explorer.py

docs: $(VENV)/.installed-dev
	DOCS_EXECUTE=true NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "The pages are in site/: $(BIN)/python -m http.server -d site"

clean:
	rm -rf $(VENV) $(OUT) site dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
