#include "clients/cli/dataset_reading.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/output/csv.h"
#include "clients/cli/output/json.h"
#include "clients/cli/output/text.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"
#include "google/protobuf/struct.pb.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/derive.h"

namespace attlas::cli {
namespace {

using graph::Dataset;
using graph::Problem;

google::protobuf::Struct ProblemsAsStruct(const std::vector<Problem>& problems) {
  google::protobuf::Struct all;
  auto* list = (*all.mutable_fields())["problems"].mutable_list_value();
  for (const Problem& problem : problems) {
    auto& fields = *list->add_values()->mutable_struct_value()->mutable_fields();
    fields["file"].set_string_value(problem.file);
    fields["line"].set_number_value(problem.line);
    fields["column"].set_string_value(problem.column);
    fields["problem"].set_string_value(problem.text);
  }
  return all;
}

absl::StatusOr<std::string> Format(const std::vector<Problem>& problems, OutputForm form) {
  switch (form) {
    case OutputForm::kJson:
      return FormatJson(ProblemsAsStruct(problems));
    case OutputForm::kCsv:
      return FormatCsv(RenderProblems(problems));
    case OutputForm::kTable:
      break;
  }
  return ProblemLines(problems);
}

// The file in which a rule stands, for problems that only applying it shows.
Problem ProblemOf(const graph::RuleProblem& problem, const std::string& directory) {
  return Problem{
      .file = absl::StrCat(directory, "/nodes/", graph::NodeTableFileName(graph::kRuleType)),
      .line = 0,
      .column = problem.property,
      .text = absl::StrCat(problem.rule, ": ", problem.text)};
}

absl::StatusOr<Dataset> Read(const std::string& directory, Console* console,
                             std::vector<Problem>* problems) {
  absl::StatusOr<Dataset> dataset = graph::ReadDataset(directory, problems, ProgressOn(console));
  console->EndProgress();
  if (dataset.ok()) {
    std::vector<graph::RuleProblem> rule_problems;
    graph::DeriveStatements(*dataset->ontology, dataset->nodes, dataset->edges, &rule_problems);
    for (const auto& problem : rule_problems) problems->push_back(ProblemOf(problem, directory));
  }
  // What is no fault of a file, such as a missing directory, has no problems.
  if (problems->empty()) return dataset;
  return absl::FailedPreconditionError(absl::StrCat(
      Counted(static_cast<long long>(problems->size()), "problem"), " in ", directory));
}

}  // namespace

std::string ProblemLines(const std::vector<graph::Problem>& problems) {
  std::string lines;
  for (const graph::Problem& problem : problems) {
    absl::StrAppend(&lines, ForTerminal(graph::FormatProblem(problem)), "\n");
  }
  return lines;
}

graph::Progress ProgressOn(Console* console) {
  return [console](const std::string& what, size_t done, size_t total) {
    console->Progress(what, done, total);
  };
}

absl::StatusOr<Dataset> ReadAndReport(const std::string& directory, Session& session) {
  std::vector<Problem> problems;
  absl::StatusOr<Dataset> dataset = Read(directory, &session.console(), &problems);
  if (dataset.ok() || !problems.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const std::string text, Format(problems, session.form()));
    ATTLAS_RETURN_IF_ERROR(session.console().Write(text));
  }
  return dataset;
}

absl::StatusOr<Dataset> ReadOrRefuse(const std::string& directory, Session& session) {
  std::vector<Problem> problems;
  absl::StatusOr<Dataset> dataset = Read(directory, &session.console(), &problems);
  for (const Problem& problem : problems) {
    session.console().Note(ForTerminal(graph::FormatProblem(problem)));
  }
  if (dataset.ok() || problems.empty()) return dataset;
  return absl::FailedPreconditionError(
      absl::StrCat(dataset.status().message(), "; nothing was loaded"));
}

}  // namespace attlas::cli
