// Reads the ontology from a text-format file, with the line and column of every problem.

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "graph/base/strings.h"
#include "graph/ontology/ontology_tables.h"

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

// The position of the deepest part of a field path that the file holds.
std::string Locate(const std::string& file, const TextFormat::ParseInfoTree& root,
                   const std::string& path) {
  const TextFormat::ParseInfoTree* tree = &root;
  const Descriptor* message = v1::Ontology::descriptor();
  std::string position = Position(file, 0, 0);
  for (const PathStep& step : SplitPath(path)) {
    const FieldDescriptor* field = message->FindFieldByName(step.field);
    if (field == nullptr) break;
    const int index = field->is_repeated() ? std::max(step.index, 0) : -1;
    const TextFormat::ParseLocation location = tree->GetLocation(field, index);
    if (location.line < 0) break;
    position = Position(file, location.line, location.column);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) break;
    tree = tree->GetTreeForNested(field, index);
    message = field->message_type();
    if (tree == nullptr) break;
  }
  return position;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // A stream opens a directory without complaint and fails only when it reads.
  if (!file || !(text << file.rdbuf())) {
    return absl::NotFoundError(absl::StrCat("cannot read the ontology ", path, ": ",
                                            errno == 0 ? "it is empty" : std::strerror(errno)));
  }
  return text.str();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const OntologyIndex>> OntologyIndex::FromTextFile(
    const std::string& path) {
  errno = 0;
  absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();

  SyntaxErrors errors(path);
  TextFormat::ParseInfoTree positions;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.WriteLocationsTo(&positions);
  v1::Ontology ontology;
  if (!parser.ParseFromString(*text, &ontology)) return InvalidFields(errors.Take());

  absl::StatusOr<std::shared_ptr<const OntologyIndex>> index = Create(std::move(ontology));
  if (index.ok()) return index;
  std::optional<ErrorDetail> detail = GetErrorDetail(index.status());
  if (!detail.has_value()) return index.status();
  for (FieldViolation& violation : detail->violations) {
    violation.field = Locate(path, positions, violation.field);
  }
  return InvalidFields(std::move(detail->violations));
}

}  // namespace attlas::graph
