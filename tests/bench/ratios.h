// What every benchmark program here shares: variants run side by side, and their ratios at the end.
//
// A program registers benchmarks as usual and names the pairs to compare; RunWithRatios runs them
// with random interleaving and repetitions, so that a machine that drifts drifts for both, and
// prints for each pair the ratio of the medians beside its goal. It judges nothing.
#ifndef ATTLAS_TESTS_BENCH_RATIOS_H_
#define ATTLAS_TESTS_BENCH_RATIOS_H_

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace attlas::bench {

struct Ratio {
  std::string label;
  std::string numerator;    // Name of a benchmark.
  std::string denominator;  // Name of another.
  std::string goal;         // Such as `at most 1.5`.
  std::string counter;      // The counter to compare; empty for the time an iteration takes, `cpu`
                            // for the processor time of its thread.
};

// Takes the flag `--name=value` or `--name value` away from the arguments; `fallback` without it.
std::string TakeFlag(int* argc, char** argv, const std::string& name, const std::string& fallback);

// Runs every registered benchmark and prints the ratios. The value for main to return.
int RunWithRatios(int argc, char** argv, const std::vector<Ratio>& ratios);

// Two benchmarks that are compared by several counters.
struct Comparison {
  std::string label;
  std::string numerator;
  std::string denominator;
  std::string goal;  // For the first counter.
};

// The same with one line a comparison: for each counter both medians and their ratio.
int RunWithComparisons(int argc, char** argv, const std::vector<Comparison>& comparisons,
                       const std::vector<std::string>& counters);

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_RATIOS_H_
