#include "services/attlasd/statusz.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/gateway/site/reference_page.h"

namespace attlas::services {
namespace {

constexpr char kHead[] =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<title>attlasd</title>\n<style>\n"
    ":root { color-scheme: light dark; }\n"
    "body { font: 1rem/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 48rem; }\n"
    "table { border-collapse: collapse; margin-bottom: 1.5rem; width: 100%; }\n"
    "caption { font-weight: bold; padding: 0.3rem 0; text-align: left; }\n"
    "th, td { border-bottom: 1px solid #8886; padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; "
    "}\n"
    "th { font-weight: normal; width: 50%; }\n"
    "</style>\n</head>\n<body>\n";

using Rows = std::vector<std::pair<std::string, std::string>>;

void AddTable(std::string_view caption, const Rows& rows, std::string* page) {
  absl::StrAppend(page, "<table>\n<caption>", gateway::EscapeHtml(caption), "</caption>\n");
  for (const auto& [name, value] : rows) {
    absl::StrAppend(page, "<tr><th scope=\"row\">", gateway::EscapeHtml(name), "</th><td>",
                    gateway::EscapeHtml(value), "</td></tr>\n");
  }
  *page += "</table>\n";
}

std::string Number(uint64_t value) { return absl::StrCat(value); }

std::string Mebibytes(uint64_t bytes) {
  return absl::StrFormat("%.1f MiB", static_cast<double>(bytes) / (1 << 20));
}

std::string YesNo(bool value) { return value ? "yes" : "no"; }

Rows RowsOf(const DaemonFacts& facts, bool serving, absl::Time now) {
  Rows rows = {
      {"Version", facts.version},
      {"State", serving ? "takes calls" : "takes no calls"},
      {"Started", absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", facts.start, absl::UTCTimeZone())},
      {"Up for", absl::FormatDuration(absl::Trunc(now - facts.start, absl::Seconds(1)))},
      {"Services", absl::StrJoin(facts.services, ", ")},
      {"TLS", YesNo(facts.has_tls)},
      {"Policy", YesNo(facts.has_policy)},
      {"Audit log", YesNo(facts.has_audit)}};
  for (const auto& [service, address] : facts.elsewhere) {
    rows.emplace_back("Asks for " + service, address);
  }
  return rows;
}

Rows RowsOf(const graph::Graph& graph) {
  const graph::SnapshotPtr latest = graph.Latest();
  const graph::GraphStatistics statistics = graph.Statistics();
  return {{"Revision", Number(latest->revision())},
          {"Revision token", graph.RevisionToken(latest->revision())},
          {"Nodes", Number(latest->node_count())},
          {"Edges", Number(latest->edge_count())},
          {"Ontology", absl::StrCat(latest->ontology()->proto().version())},
          {"Files", Mebibytes(statistics.store.file_bytes)},
          {"Not yet in files", Mebibytes(statistics.store.memtable_bytes)},
          {"To be compacted", Mebibytes(statistics.store.pending_compaction_bytes)},
          {"Block cache", Mebibytes(statistics.store.block_cache_bytes)},
          {"Record cache", Mebibytes(statistics.record_cache_bytes)},
          {"Writes stopped", YesNo(statistics.store.writes_stopped)},
          {"Background errors", Number(statistics.store.background_errors)},
          {"Commits since the start", Number(statistics.committer.commits)},
          {"Commits in hand", Number(statistics.committer.queued)}};
}

Rows RowsOf(const ServiceLimits& limits) {
  return {{"Largest message", Mebibytes(static_cast<uint64_t>(limits.max_message_bytes))},
          {"Changes in a commit", Number(limits.max_mutations)},
          {"Rows in an import", Number(limits.max_import_rows)},
          {"Largest page", absl::StrCat(limits.max_page_size)},
          {"Largest answer", Mebibytes(static_cast<uint64_t>(limits.max_answer_bytes))},
          {"Nodes visited by a query", Number(limits.max_nodes_visited)},
          {"Default deadline of a read", absl::FormatDuration(limits.read_deadline)},
          {"Default deadline of a question", absl::FormatDuration(limits.question_deadline)},
          {"Revisions that a watch may lag", Number(limits.watch_max_lag)}};
}

}  // namespace

std::string StatuszPage(const DaemonFacts& facts, const graph::Graph* graph, bool serving,
                        absl::Time now) {
  std::string page = kHead;
  page += "<h1>attlasd</h1>\n";
  AddTable("Daemon", RowsOf(facts, serving, now), &page);
  if (graph != nullptr) AddTable("Graph", RowsOf(*graph), &page);
  AddTable("Limits", RowsOf(facts.limits), &page);
  page += "<p><a href=\"/metrics\">/metrics</a></p>\n</body>\n</html>\n";
  return page;
}

}  // namespace attlas::services
