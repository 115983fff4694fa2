// Scenario files: a small dataset and questions with the answers that they must get.
//
// What: reads one YAML file. README.md in this folder describes the form for those who write them.
// When not: for properties of the core; those are compared with a reference model in
// tests/graph/core.
// Threads: plain values.
#ifndef ATTLAS_TESTS_SCENARIOS_SCENARIO_H_
#define ATTLAS_TESTS_SCENARIOS_SCENARIO_H_

#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace attlas::testing {

// The error that a question must get. Empty fields are not looked at.
struct ExpectedError {
  std::string code;     // As `INVALID_ARGUMENT`.
  std::string reason;   // As `RESOURCE_NOT_FOUND`.
  std::string field;    // The field that is blamed, as `read.as_of`.
  std::string message;  // The whole message.
};

struct Question {
  std::string ask;        // The question in words.
  std::string method;     // As `InstrumentService/GetStatus`.
  std::string clearance;  // As `green`; empty for the local operator.
  std::string request;    // JSON.
  YAML::Node expect;      // Null where an error is expected.
  std::optional<ExpectedError> error;
};

struct Scenario {
  std::string file;   // The name of the file.
  std::string title;  // What it shows.
  // The files of the dataset by their paths, as `nodes/state.csv`; the ontology is that of data/.
  std::map<std::string, std::string> tables;
  std::vector<Question> questions;
};

// Reads the file at `path`. INVALID_ARGUMENT with `file:line: column: problem` where it is not a
// scenario: a key that is not known, a question without a method, both an answer and an error.
absl::StatusOr<Scenario> ReadScenario(const std::string& path);

// A YAML value as JSON: what is quoted is text; true, false, null and numbers are themselves.
std::string ToJson(const YAML::Node& node);

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SCENARIOS_SCENARIO_H_
