// A dataset directory for tests, with a small sound dataset to start from.
#ifndef ATTLAS_TESTS_GRAPH_INGEST_DATASET_DIRECTORY_H_
#define ATTLAS_TESTS_GRAPH_INGEST_DATASET_DIRECTORY_H_

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "graph/ingest/dataset.h"
#include "gtest/gtest.h"

namespace attlas::graph {

inline constexpr char kDatasetOntology[] = R"pb(
  version: 1
  node_types { name: "source" collection: "sources" citation_optional: true }
  node_types { name: "state" collection: "states" id_pattern: "[A-Z]{3}" }
  node_types {
    name: "instrument"
    collection: "instruments"
    properties { name: "adopted" kind: PROPERTY_KIND_DATE }
    properties { name: "goods" kind: PROPERTY_KIND_TERM taxonomy: "goods" repeated: true }
    properties { name: "parties" kind: PROPERTY_KIND_INTEGER minimum: 0 }
    properties { name: "share" kind: PROPERTY_KIND_DECIMAL }
    properties { name: "open" kind: PROPERTY_KIND_BOOLEAN }
    properties { name: "summary" kind: PROPERTY_KIND_TEXT }
    properties { name: "notes" kind: PROPERTY_KIND_TEXT repeated: true }
  }
  node_types { name: "organization" collection: "organizations" }
  node_types {
    name: "rule"
    collection: "rules"
    properties { name: "kind" kind: PROPERTY_KIND_TEXT required: true }
    properties { name: "instrument" kind: PROPERTY_KIND_TEXT }
    properties { name: "derives" kind: PROPERTY_KIND_TEXT }
    properties { name: "from_edge" kind: PROPERTY_KIND_TEXT }
    properties { name: "organization" kind: PROPERTY_KIND_TEXT }
    properties { name: "role" kind: PROPERTY_KIND_TEXT }
    properties { name: "add_days" kind: PROPERTY_KIND_INTEGER }
    properties { name: "add_months" kind: PROPERTY_KIND_INTEGER }
    properties { name: "first_day_of_month" kind: PROPERTY_KIND_BOOLEAN }
    properties { name: "not_before" kind: PROPERTY_KIND_DATE }
    properties { name: "article" kind: PROPERTY_KIND_TEXT }
  }
  edge_types {
    name: "CONSENTED_TO"
    from_types: "state"
    from_types: "organization"
    to_types: "instrument"
    temporal: true
    properties { name: "action" kind: PROPERTY_KIND_TEXT }
  }
  edge_types {
    name: "MEMBER_OF"
    from_types: "state"
    from_types: "organization"
    to_types: "organization"
    temporal: true
    properties { name: "role" kind: PROPERTY_KIND_TEXT }
  }
  edge_types {
    name: "IN_FORCE_FOR"
    from_types: "state"
    to_types: "instrument"
    temporal: true
    properties { name: "derived_from" kind: PROPERTY_KIND_TEXT }
  }
  edge_types {
    name: "ADDRESSED_BY"
    from_types: "state"
    to_types: "instrument"
    temporal: true
    properties { name: "through" kind: PROPERTY_KIND_TEXT }
  }
  taxonomies {
    name: "goods"
    terms { id: "small-arms" }
    terms { id: "ammunition" }
  }
)pb";

// Makes a directory of its own; removes it at the end.
class DatasetDirectory {
 public:
  DatasetDirectory() {
    std::string pattern = ::testing::TempDir() + "/dataset_XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
    Write("ontology.textproto", kDatasetOntology);
    Write("nodes/source.csv", "id,display_name\nun,United Nations\nsipri,SIPRI\n");
    Write("nodes/state.csv",
          "id,display_name,source,confidence\nPHL,Philippines,sources/un,seen\n"
          "IDN,Indonesia,sources/un,seen\n");
    Write("nodes/instrument.csv",
          "id,display_name,adopted,goods,source,confidence\n"
          "att,Arms Trade Treaty,2013-04-02,small-arms;ammunition,sources/un,seen\n");
    Write("edges/consented-to.csv",
          "from,to,valid_from,source,confidence\n"
          "states/PHL,instruments/att,2022-03-24,sources/un,seen\n");
  }
  ~DatasetDirectory() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  DatasetDirectory(const DatasetDirectory&) = delete;
  DatasetDirectory& operator=(const DatasetDirectory&) = delete;

  void Write(const std::string& file, const std::string& text) const {
    const std::filesystem::path full = path_ + "/" + file;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full, std::ios::binary) << text;
  }

  // Reads it; the problems as lines, without the directory.
  std::vector<std::string> Problems() const {
    std::vector<Problem> problems;
    const absl::StatusOr<Dataset> dataset = ReadDataset(path_, &problems);
    EXPECT_EQ(dataset.ok(), problems.empty());
    std::vector<std::string> lines;
    for (Problem& problem : problems) {
      if (problem.file.starts_with(path_)) problem.file.erase(0, path_.size() + 1);
      lines.push_back(FormatProblem(problem));
    }
    return lines;
  }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_TESTS_GRAPH_INGEST_DATASET_DIRECTORY_H_
