#include "graph/model/text_proto.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/tokenizer.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"

namespace attlas::graph {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::TextFormat;

std::string Position(const std::string& path, int line, int column) {
  return absl::StrCat(path, ":", line + 1, ":", column + 1);
}

// Collects what the parser finds wrong.
class SyntaxErrors final : public google::protobuf::io::ErrorCollector {
 public:
  explicit SyntaxErrors(std::string path) : path_(std::move(path)) {}

  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    FieldViolation violation;
    violation.field = Position(path_, line, column);
    violation.description = message;
    violations_.push_back(std::move(violation));
  }

  std::vector<FieldViolation> Take() { return std::move(violations_); }

 private:
  std::string path_;
  std::vector<FieldViolation> violations_;
};

// One step of a field path such as `node_types[3]`.
struct PathStep {
  std::string field;
  int index = -1;  // -1 where none is given.
};

std::vector<PathStep> SplitPath(std::string_view path) {
  std::vector<PathStep> steps;
  while (!path.empty()) {
    const size_t dot = path.find('.');
    const std::string_view part = path.substr(0, dot);
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
    PathStep step;
    const size_t bracket = part.find('[');
    step.field = std::string(part.substr(0, bracket));
    if (bracket != std::string_view::npos) {
      const std::string_view digits = part.substr(bracket + 1, part.size() - bracket - 2);
      if (!absl::SimpleAtoi(ToAbsl(digits), &step.index)) step.index = -1;
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

absl::Status TextProto::Parse(const std::string& text, google::protobuf::Message* message) {
  SyntaxErrors errors(path_);
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.WriteLocationsTo(&positions_);
  if (parser.ParseFromString(text, message)) return absl::OkStatus();
  return InvalidFields(errors.Take());
}

std::string TextProto::LocateField(const Descriptor& descriptor, std::string_view path) const {
  const TextFormat::ParseInfoTree* tree = &positions_;
  const Descriptor* message = &descriptor;
  std::string position = Position(path_, 0, 0);
  for (const PathStep& step : SplitPath(path)) {
    const FieldDescriptor* field = message->FindFieldByName(step.field);
    if (field == nullptr) break;
    const int index = field->is_repeated() ? std::max(step.index, 0) : -1;
    const TextFormat::ParseLocation location = tree->GetLocation(field, index);
    if (location.line < 0) break;
    position = Position(path_, location.line, location.column);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) break;
    tree = tree->GetTreeForNested(field, index);
    message = field->message_type();
    if (tree == nullptr) break;
  }
  return position;
}

absl::Status TextProto::Locate(const absl::Status& status, const Descriptor& descriptor) const {
  std::optional<ErrorDetail> detail = GetErrorDetail(status);
  if (!detail.has_value() || detail->violations.empty()) return status;
  for (FieldViolation& violation : detail->violations) {
    violation.field = LocateField(descriptor, violation.field);
  }
  return InvalidFields(std::move(detail->violations));
}

absl::StatusOr<std::string> ReadTextFile(const std::string& path, std::string_view what) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // A stream opens a directory without complaint and fails only when it reads.
  if (!file || !(text << file.rdbuf())) {
    return absl::NotFoundError(absl::StrCat("cannot read ", ToAbsl(what), " ", path, ": ",
                                            errno == 0 ? "it is empty" : std::strerror(errno)));
  }
  return text.str();
}

}  // namespace attlas::graph
