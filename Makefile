# The commands of this project. Everything they need is put into .venv, next to this file.
# All paths are relative: the folder may have blanks and Chinese characters in its name.

PY := .venv/bin/python
BOOK := out/示例.jxb
PARALLEL := -n auto --dist worksteal
QUICK := 30
SETUP_FILES := pyproject.toml build/setup.sh

.DELETE_ON_ERROR:
.PHONY: help run test quick lint coverage fresh demo bench fuzz package clean

help:
	@echo "make run      打开窗口（示例账本 $(BOOK)）"
	@echo "make test     检查代码并运行全部测试"
	@echo "make quick    检查改动的代码，运行与改动有关的测试（半分钟左右）"
	@echo "make coverage 运行全部测试，报告哪些代码没有走到（out/coverage）"
	@echo "make fresh    在空的 Debian 12、13 里从头做一遍 make test 和 make run（要 root）"
	@echo "make demo     不开窗口走一遍：草稿 → 账本 → 检查 → Word 和 Excel"
	@echo "make bench    与常用的库比较速度"
	@echo "make fuzz     用一万个损坏的文件试读取（几分钟）"
	@echo "make package  打成不用安装 Python 的程序文件夹，并自检"
	@echo "make lint     只检查代码"
	@echo "make clean    删去 make 产生的文件（不删 out/）"

run: .venv/run.stamp
	@bash build/setup.sh --system run
	@test -e $(BOOK) || { mkdir -p out && $(PY) main.py load jixiao/resources/sample.json --book $(BOOK); }
	$(PY) main.py $(BOOK)

test: lint
	@bash build/setup.sh --system test
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest $(PARALLEL)

quick: .venv/test.stamp
	@bash build/setup.sh --system test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) build/quick.py sources | xargs -r $(PY) -m pyright
	$(PY) build/quick.py tests $(QUICK) | QT_QPA_PLATFORM=offscreen HYPOTHESIS_PROFILE=quick \
		xargs $(PY) -m pytest $(PARALLEL)

coverage: .venv/test.stamp
	@bash build/setup.sh --system test
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest $(PARALLEL) --cov --cov-report=term:skip-covered \
		--cov-report=html

fresh:
	@bash build/fresh.sh

lint: .venv/test.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pyright

demo: .venv/run.stamp
	@$(PY) -m tests.e2e.demo out

bench: .venv/bench.stamp
	$(PY) -m tests.bench

fuzz: .venv/test.stamp
	$(PY) -m tests.fuzz

package: .venv/package.stamp
	@bash build/setup.sh --system run
	$(PY) build/package.py

clean:
	rm -rf build/work build/dist .coverage .pytest_cache .ruff_cache .hypothesis jixiao.egg-info .venv

.venv/%.stamp: $(SETUP_FILES)
	@bash build/setup.sh --venv $*
