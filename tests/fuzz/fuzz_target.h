// What a fuzz target is: a function over bytes, and a few inputs to start from.
//
// Each *_fuzz.cc defines both functions. With clang (preset `fuzz`, script/fuzz) libFuzzer drives
// them; with any compiler corpus_main.cc feeds them the seeds, simple changes of these, and the
// inputs that once found a fault (corpus/NAME/), as an ordinary test.
#ifndef ATTLAS_TESTS_FUZZ_FUZZ_TARGET_H_
#define ATTLAS_TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace attlas::fuzz {

// Must return for any input. What must never happen ends the process, by Require.
void Fuzz(std::string_view input);

// Inputs that are well formed, so that the fuzzer need not find the form by itself.
std::vector<std::string> Seeds();

// Ends the process with `what` unless `condition` holds.
inline void Require(bool condition, std::string_view what) {
  if (condition) return;
  std::fprintf(stderr, "fuzz: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

}  // namespace attlas::fuzz

#endif  // ATTLAS_TESTS_FUZZ_FUZZ_TARGET_H_
