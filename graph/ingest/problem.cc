#include "graph/ingest/problem.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace attlas::graph {

std::string FormatProblem(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line > 0) absl::StrAppend(&text, ":", problem.line);
  if (!text.empty()) text += ": ";
  if (!problem.column.empty()) absl::StrAppend(&text, problem.column, ": ");
  return text + problem.text;
}

void ProblemLog::Add(const std::string& file, int line, const std::string& column,
                     const std::string& text) {
  if (problems_.size() == kMostProblems) {
    ++dropped_;
    return;
  }
  Problem& problem = problems_.emplace_back();
  problem.file = file;
  problem.line = line;
  problem.column = column;
  problem.text = text;
}

std::vector<Problem> ProblemLog::Take() {
  if (dropped_ > 0) problems_.emplace_back().text = absl::StrCat("and ", dropped_, " more");
  dropped_ = 0;
  return std::exchange(problems_, {});
}

}  // namespace attlas::graph
