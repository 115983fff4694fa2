// JSON Lines coming in, alone and together with what they name.
#include "clients/exchange/checked_rows.h"
#include "tests/fuzz/exchange_fuzz.h"

namespace attlas::fuzz {
namespace {

// Reads the same twice: as rows come, and as they are taken together.
void FuzzLines(std::string_view input) {
  graph::ProblemLog log;
  TakenRows taken;
  exchange::TextFile text = exchange::TextFile::Holding(std::string(input));
  Require(exchange::ReadJsonLines(&text, "t.jsonl", CuratedOntology(), &log, &taken).ok(),
          "a text cannot be read");
  const bool is_sound = CheckedProblems(&log).empty();
  if (is_sound) taken.RequireSound();

  exchange::CheckedRows rows;
  exchange::TextFile again = exchange::TextFile::Holding(std::string(input));
  Require(exchange::ReadJsonLines(&again, "t.jsonl", CuratedOntology(), &log, &rows).ok(),
          "a text cannot be read again");
  Require(CheckedProblems(&log).empty() == is_sound, "a second reading sees other problems");
  const auto find_all = [](const std::vector<std::string>& names) {
    return std::set<std::string>(names.begin(), names.end());
  };
  Require(rows.Check("t.jsonl", find_all, &log).ok(), "rows cannot be checked");
  CheckedProblems(&log);
  size_t count = 0;
  const auto take_nodes = [&](const std::vector<exchange::IncomingNode>& nodes) {
    count += nodes.size();
    return absl::OkStatus();
  };
  const auto take_edges = [&](const std::string& from,
                              const std::vector<exchange::IncomingEdge>& edges) {
    for (const exchange::IncomingEdge& row : edges) {
      Require(row.edge.from() == from, "a statement of another node");
    }
    count += edges.size();
    return absl::OkStatus();
  };
  Require(rows.ForEachNodes(2, take_nodes).ok() && rows.ForEachEdgesFrom(2, take_edges).ok() &&
              count == rows.size(),
          "rows were lost");
}

}  // namespace

void Fuzz(std::string_view input) { FuzzLines(input); }

std::vector<std::string> Seeds() {
  const std::string source = R"({"node":{"name":"sources/a","type":"source","displayName":"A"}})";
  const std::string consent =
      R"({"edge":{"type":"CONSENTED_TO","from":"states/PHL","to":"instruments/att",)"
      R"("validFrom":{"year":2022,"month":3,"day":24},)"
      R"("properties":[{"name":"act","value":{"text":"ratification"}}],)"
      R"("citations":[{"source":"sources/a","confidence":"CONFIDENCE_SEEN"}]}})";
  return {source + "\n" + consent + "\n" + R"({"end":{"nodeCount":"1","edgeCount":"1"}})" + "\n",
          R"({"header":{"formatVersion":1}})"
          "\n" +
              source + "\n" + source + "\n",
          R"({"end":{}})"};
}

}  // namespace attlas::fuzz
