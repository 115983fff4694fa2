// Drives a fuzz target by libFuzzer. `--write_seeds=DIRECTORY` writes its seeds and ends.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/fuzz/fuzz_target.h"

namespace {

constexpr std::string_view kWriteSeeds = "--write_seeds=";

void WriteSeeds(const std::string& directory) {
  int number = 0;
  for (const std::string& seed : attlas::fuzz::Seeds()) {
    std::ofstream file(directory + "/seed-" + std::to_string(number++), std::ios::binary);
    file << seed;
    attlas::fuzz::Require(file.good(), "cannot write the seeds");
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  for (int i = 1; i < *argc; ++i) {
    const std::string_view argument((*argv)[i]);
    if (!argument.starts_with(kWriteSeeds)) continue;
    WriteSeeds(std::string(argument.substr(kWriteSeeds.size())));
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  attlas::fuzz::Fuzz(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
