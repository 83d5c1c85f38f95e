# From a fresh machine to an evening, or to passed tests. The set-up is tools/set_up.sh; once done it costs nothing.
# ARGS goes on to the command: make checkin ARGS=--short, make test ARGS="-k turns".

MAKEFLAGS += --no-print-directory
bin := .venv/bin
ARGS :=

.PHONY: help checkin demo test check bench learn clean

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

# The trap lets an interrupted evening finish its last words before make returns.
checkin: ## set up, then hold tonight's check-in
	@tools/set_up.sh checkin
	@trap : INT; $(bin)/voice-checkin tonight $(ARGS); code=$$?; [ $$code -eq 3 ] || exit $$code; \
	echo "There is no way to answer here, so a demo evening is played instead of tonight's."; \
	$(bin)/voice-checkin demo

demo: ## set up, then play a whole evening with two synthetic voices
	@tools/set_up.sh checkin
	@$(bin)/voice-checkin demo $(ARGS)

test: ## set up, then pass the tests
	@tools/set_up.sh test
	@$(bin)/python -m pytest $(ARGS)

check: ## ruff and mypy
	@tools/set_up.sh test
	@$(bin)/ruff check .
	@$(bin)/ruff format --check .
	@$(bin)/mypy

bench: ## measure the figures of README
	@tools/set_up.sh bench
	@$(bin)/python -m benchmarks $(ARGS)

learn: ## learn the weights of words anew from learning/
	@tools/set_up.sh learn
	@$(bin)/python -m learning $(ARGS)

clean: ## remove the environment and the caches; the journal and fetched models stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
