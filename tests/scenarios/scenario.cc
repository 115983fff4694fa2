#include "tests/scenarios/scenario.h"

#include <filesystem>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "graph/base/status_macros.h"

namespace attlas::testing {
namespace {

// Where a value stands, for messages; yaml-cpp counts from 0.
absl::Status ProblemAt(const std::string& file, const YAML::Mark& mark, std::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrCat(file, ":", mark.line + 1, ": ", mark.column + 1, ": ", std::string(problem)));
}

absl::Status CheckKeys(const std::string& file, const YAML::Node& node,
                       const std::vector<std::string>& known) {
  if (!node.IsMap()) return ProblemAt(file, node.Mark(), "is no map");
  for (const auto& entry : node) {
    const std::string key = entry.first.Scalar();
    bool found = false;
    for (const std::string& name : known) found = found || name == key;
    if (!found) {
      return ProblemAt(
          file, entry.first.Mark(),
          absl::StrCat("`", key, "` is not known; known are ", absl::StrJoin(known, ", ")));
    }
  }
  return absl::OkStatus();
}

std::string TextOf(const YAML::Node& node) { return node && node.IsScalar() ? node.Scalar() : ""; }

std::string JsonText(const std::string& text) {
  google::protobuf::Value value;
  value.set_string_value(text);
  std::string json;
  // Text has a JSON form whatever it holds.
  return google::protobuf::util::MessageToJsonString(value, &json).ok() ? json : "";
}

std::string ScalarToJson(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  const bool quoted = node.Tag() == "!";
  double number = 0;
  if (!quoted && (text == "true" || text == "false" || absl::SimpleAtod(text, &number))) {
    return text;
  }
  return JsonText(text);
}

absl::StatusOr<Question> ReadQuestion(const std::string& file, const YAML::Node& node) {
  ATTLAS_RETURN_IF_ERROR(
      CheckKeys(file, node, {"ask", "method", "clearance", "request", "expect", "error"}));
  Question question{.ask = TextOf(node["ask"]),
                    .method = TextOf(node["method"]),
                    .clearance = TextOf(node["clearance"]),
                    .request = node["request"] ? ToJson(node["request"]) : "{}",
                    .expect = node["expect"],
                    .error = std::nullopt};
  if (question.ask.empty()) return ProblemAt(file, node.Mark(), "`ask` is missing");
  if (question.method.empty()) return ProblemAt(file, node.Mark(), "`method` is missing");
  const YAML::Node error = node["error"];
  if (static_cast<bool>(error) == static_cast<bool>(node["expect"])) {
    return ProblemAt(file, node.Mark(), "give either `expect` or `error`");
  }
  if (error) {
    ATTLAS_RETURN_IF_ERROR(CheckKeys(file, error, {"code", "reason", "field", "message"}));
    question.error = ExpectedError{.code = TextOf(error["code"]),
                                   .reason = TextOf(error["reason"]),
                                   .field = TextOf(error["field"]),
                                   .message = TextOf(error["message"])};
  }
  return question;
}

absl::StatusOr<Scenario> ReadDocument(const std::string& file, const YAML::Node& document) {
  ATTLAS_RETURN_IF_ERROR(CheckKeys(file, document, {"scenario", "tables", "questions"}));
  Scenario scenario{
      .file = file, .title = TextOf(document["scenario"]), .tables = {}, .questions = {}};
  if (scenario.title.empty()) return ProblemAt(file, document.Mark(), "`scenario` is missing");
  for (const auto& table : document["tables"]) {
    scenario.tables[table.first.Scalar()] = TextOf(table.second);
  }
  for (const YAML::Node& node : document["questions"]) {
    ATTLAS_ASSIGN_OR_RETURN(Question question, ReadQuestion(file, node));
    scenario.questions.push_back(std::move(question));
  }
  if (scenario.questions.empty()) return ProblemAt(file, document.Mark(), "asks no question");
  return scenario;
}

}  // namespace

std::string ToJson(const YAML::Node& node) {
  if (!node || node.IsNull()) return "null";
  if (node.IsScalar()) return ScalarToJson(node);
  std::vector<std::string> parts;
  if (node.IsSequence()) {
    for (const YAML::Node& item : node) parts.push_back(ToJson(item));
    return absl::StrCat("[", absl::StrJoin(parts, ","), "]");
  }
  for (const auto& entry : node) {
    parts.push_back(absl::StrCat(JsonText(entry.first.Scalar()), ":", ToJson(entry.second)));
  }
  return absl::StrCat("{", absl::StrJoin(parts, ","), "}");
}

absl::StatusOr<Scenario> ReadScenario(const std::string& path) {
  const std::string file = std::filesystem::path(path).filename().string();
  try {
    return ReadDocument(file, YAML::LoadFile(path));
  } catch (const YAML::Exception& error) {
    return ProblemAt(file, error.mark, error.msg);
  }
}

}  // namespace attlas::testing
