// A dataset: an ontology and the nodes and statements that its tables hold.
//
// What: reads the directory
//   ontology.textproto
//   nodes/<node-type>.csv   id, display_name, aliases, <properties>, <citation>, <marking>
//   edges/<edge-type>.csv   from, to, qualifier, <properties>, valid_from, valid_to, <citation>,
//                           <marking>
// where a table of nodes is named as its type and a table of edges as its type in lower case with
// hyphens (`edges/consented-to.csv`); <properties> are columns named as in
// the ontology; <citation> is source, locator, confidence, retrieved, citation_note; <marking> is
// marking, space. Columns come in any order and may be left out, but for id, from and to. An empty
// cell says nothing. Lists are written as cell.h says. Where `source` lists several sources, the
// other citation columns list one value for each, in the same order; `confidence` and `retrieved`
// may give one for all. Where it names one source, the others are taken as they stand.
// When not: nothing is kept; load.h does that. Statements that rules derive are not read; see
// derive.h.
// Thread-safety: Dataset is a plain value; functions are safe from any thread.
//
// Example:
//   std::vector<Problem> problems;
//   absl::StatusOr<Dataset> dataset = ReadDataset("data", &problems);
//   for (const Problem& problem : problems) std::cerr << FormatProblem(problem) << '\n';
#ifndef ATTLAS_GRAPH_INGEST_DATASET_H_
#define ATTLAS_GRAPH_INGEST_DATASET_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/ingest/problem.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::graph {

struct Dataset {
  std::shared_ptr<const OntologyIndex> ontology;
  // Sources first, then rules, then all others, so that what is cited comes before what cites it.
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

// Told what is being done, and how many of how many steps are done.
using Progress = std::function<void(const std::string& what, size_t done, size_t total)>;

// Reads and checks a dataset. Nodes and edges are canonical, and pass every check of the ontology;
// every node that they name is there; rules derive what the ontology allows.
// INVALID_ARGUMENT if anything is wrong: `problems` (null to ignore) then holds all of it, up to
// ProblemLog::kMostProblems, and the message its first. NOT_FOUND without such a directory.
absl::StatusOr<Dataset> ReadDataset(const std::string& directory, std::vector<Problem>* problems,
                                    const Progress& progress = nullptr);

// Writes a dataset in the form that ReadDataset reads, into a directory that it makes, replacing
// the tables that are there. Types without rows get no file. FAILED_PRECONDITION where a file
// cannot be written, INVALID_ARGUMENT where a node or edge is of no type of the ontology.
absl::Status WriteDataset(const Dataset& dataset, const std::string& directory);

// The file names of the tables of a type: `armed_group.csv`, and `consented-to.csv` of
// CONSENTED_TO.
std::string NodeTableFileName(std::string_view type);
std::string EdgeTableFileName(std::string_view type);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_INGEST_DATASET_H_
