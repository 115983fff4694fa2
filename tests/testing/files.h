// What files hold.
//
// Threads: functions only.
#ifndef ATTLAS_TESTS_TESTING_FILES_H_
#define ATTLAS_TESTS_TESTING_FILES_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace attlas::testing {

// The bytes of a file; none where it cannot be read.
inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The names of the files under a directory that hold the bytes of `text` as they are.
inline std::vector<std::string> FilesWith(const std::string& directory, const std::string& text) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    if (ReadFile(entry.path()).find(text) != std::string::npos) {
      found.push_back(entry.path().filename());
    }
  }
  return found;
}

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_TESTING_FILES_H_
