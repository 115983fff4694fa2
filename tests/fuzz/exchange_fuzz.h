// What the fuzzers of files that come in have in common.
#ifndef ATTLAS_TESTS_FUZZ_EXCHANGE_FUZZ_H_
#define ATTLAS_TESTS_FUZZ_EXCHANGE_FUZZ_H_

#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "clients/exchange/incoming_rows.h"
#include "clients/exchange/name_index.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/text_format.h"
#include "graph/ingest/problem.h"
#include "graph/ontology/ontology.h"
#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {

// The ontology of the curated dataset.
inline const graph::OntologyIndex& CuratedOntology() {
  static const std::shared_ptr<const graph::OntologyIndex> kOntology = [] {
    auto read = graph::OntologyIndex::FromTextFile(ATTLAS_SOURCE_DIR "/data/ontology.textproto");
    Require(read.ok(), "the ontology cannot be read");
    return *std::move(read);
  }();
  return *kOntology;
}

// Some states as the dataset names them.
inline const exchange::NameIndex& SomeStates() {
  static const exchange::NameIndex kNames = [] {
    exchange::NameIndex names;
    for (const auto& [code, shown] : {std::pair("IDN", "Indonesia"), std::pair("TUR", "Türkiye"),
                                      std::pair("NLD", "Netherlands"),
                                      std::pair("PHL", "Philippines"), std::pair("FJI", "Fiji")}) {
      graph::Node node;
      node.set_name(std::string("states/") + code);
      node.set_type("state");
      node.set_display_name(shown);
      names.Add(node);
    }
    return names;
  }();
  return kNames;
}

// The beginning of a file of the checkout, up to the end of a line.
inline std::string BeginningOf(const std::string& path, size_t most = 2048) {
  std::ifstream file(std::string(ATTLAS_SOURCE_DIR "/") + path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  Require(!text.empty(), "cannot read " + path);
  return text.size() <= most ? text : text.substr(0, text.rfind('\n', most) + 1);
}

// Both parts of an input: what is before the first null, and what is after it.
inline std::pair<std::string_view, std::string_view> SplitAtNull(std::string_view input) {
  const size_t end = input.find('\0');
  if (end == std::string_view::npos) return {"", input};
  return {input.substr(0, end), input.substr(end + 1)};
}

// Whether a text is a mapping in text format.
inline bool ParseMapping(std::string_view text, google::protobuf::Message* mapping) {
  // What is none is told to nobody here.
  static const auto kSilent = google::protobuf::SetLogHandler(nullptr);
  static_cast<void>(kSilent);
  return google::protobuf::TextFormat::ParseFromString(std::string(text), mapping);
}

inline std::vector<graph::Problem> CheckedProblems(graph::ProblemLog* log) {
  std::vector<graph::Problem> problems = log->Take();
  for (const graph::Problem& problem : problems) {
    Require(problem.line >= 0 && !problem.text.empty(), "a problem that says nothing");
  }
  return problems;
}

// Counts the rows, and requires of each what the reader promises of a file without problems.
class TakenRows : public exchange::RowTaker {
 public:
  absl::Status TakeNode(int line, graph::Node node) override {
    RequireLine(line);
    CuratedOntology().CheckNode(node, "", &violations_);
    graph::Node canonical = node;
    graph::Canonicalize(&canonical);
    is_canonical_ = is_canonical_ &&
                    graph::SerializeDeterministic(canonical) == graph::SerializeDeterministic(node);
    return absl::OkStatus();
  }
  absl::Status TakeEdge(int line, graph::Edge edge) override {
    RequireLine(line);
    CuratedOntology().CheckEdge(edge, "", &violations_);
    graph::Edge canonical = edge;
    graph::Canonicalize(&canonical);
    is_canonical_ = is_canonical_ &&
                    graph::SerializeDeterministic(canonical) == graph::SerializeDeterministic(edge);
    return absl::OkStatus();
  }

  // To be asked where the file had no problem.
  void RequireSound() const {
    Require(violations_.empty(), "what the ontology refuses was taken");
    Require(is_canonical_, "a row is not canonical");
  }

 private:
  void RequireLine(int line) {
    Require(line >= line_ && line > 0, "rows are not in the order of their lines");
    line_ = line;
  }

  std::vector<graph::FieldViolation> violations_;
  bool is_canonical_ = true;
  int line_ = 0;
};

}  // namespace attlas::fuzz

#endif  // ATTLAS_TESTS_FUZZ_EXCHANGE_FUZZ_H_
