# The daily commands. `make run` and `make test` need nothing but this folder: the first step sets up
# what is missing, or says how to get it. What each step does is in .ci/.
.PHONY: run test bench fmt

run: ; @.ci/setup run && exec .ci/build serve --demo
test: ; @.ci/test
bench: ; @.ci/setup run && .ci/build && exec .ci/chain run --locked --release -p bench
fmt: ; @cargo fmt --all
