// Runs a fuzz target over its corpus, without a fuzzer: the seeds, every cut and simple changes of
// each, and the files of the directory that is given. The same inputs on every run.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace {

using attlas::fuzz::Fuzz;

constexpr size_t kMostCuts = 64;
constexpr int kChanges = 64;

// Files in the order of their names; none where there is no such directory.
std::vector<std::string> ReadFiles(const std::string& directory) {
  namespace fs = std::filesystem;
  std::vector<fs::path> paths;
  if (fs::is_directory(directory)) {
    for (const auto& entry : fs::directory_iterator(directory)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> contents;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    contents.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    attlas::fuzz::Require(!file.bad(), "cannot read " + path.string());
  }
  return contents;
}

void FuzzAround(const std::string& seed, std::mt19937& random) {
  const size_t step = std::max<size_t>(1, seed.size() / kMostCuts);
  for (size_t cut = 0; cut < seed.size(); cut += step) Fuzz(seed.substr(0, cut));
  for (int i = 0; i < kChanges && !seed.empty(); ++i) {
    std::string changed = seed;
    for (int k = 0; k <= i % 4; ++k) {
      changed[random() % changed.size()] = static_cast<char>(random() & 0xff);
    }
    Fuzz(changed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  attlas::fuzz::Require(argc == 2, "usage: <target> CORPUS_DIRECTORY");
  std::vector<std::string> inputs = attlas::fuzz::Seeds();
  const std::vector<std::string> found = ReadFiles(argv[1]);
  inputs.insert(inputs.end(), found.begin(), found.end());
  std::mt19937 random(20260203);
  for (const std::string& input : inputs) {
    Fuzz(input);
    FuzzAround(input, random);
  }
  std::printf("fuzz: %zu inputs and what is around them\n", inputs.size());
  return 0;
}
