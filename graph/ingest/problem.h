// What is wrong with a dataset, and where.
//
// Thread-safety: ProblemLog is thread-compatible.
#ifndef ATTLAS_GRAPH_INGEST_PROBLEM_H_
#define ATTLAS_GRAPH_INGEST_PROBLEM_H_

#include <cstddef>
#include <string>
#include <vector>

namespace attlas::graph {

struct Problem {
  std::string file;    // As it was opened; empty in the last line, that counts the rest.
  int line = 0;        // Of the start of the row; 0 where the file as a whole is at fault.
  std::string column;  // Its name; `row` or `header` where no single column is at fault.
  std::string text;    // What is wrong and how to mend it.

  friend bool operator==(const Problem&, const Problem&) = default;
};

// `file:line: column: text`, leaving out what is empty.
std::string FormatProblem(const Problem& problem);

// Collects problems up to a limit, and counts the rest.
class ProblemLog {
 public:
  static constexpr size_t kMostProblems = 1000;

  void Add(const std::string& file, int line, const std::string& column, const std::string& text);

  bool empty() const { return problems_.empty(); }

  // All problems in the order of files and lines in which they were found; where there were more
  // than the limit, a last one without a file says `and N more`.
  std::vector<Problem> Take();

 private:
  std::vector<Problem> problems_;
  size_t dropped_ = 0;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_PROBLEM_H_
