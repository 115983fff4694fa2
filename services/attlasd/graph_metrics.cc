#include "services/attlasd/graph_metrics.h"

#include <functional>

namespace attlas::services {
namespace {

using graph::GraphStatistics;

// A reading of the statistics.
using Reading = std::function<double(const GraphStatistics&)>;

template <typename Number>
double ToDouble(Number number) {
  return static_cast<double>(number);
}

void AddSnapshotMetrics(const graph::Graph* graph, RpcMetrics* metrics) {
  metrics->AddGauge("attlas_graph_revision", "The latest revision.",
                    [graph] { return ToDouble(graph->LatestRevision()); });
  metrics->AddGauge("attlas_graph_nodes", "Nodes at the latest revision.",
                    [graph] { return ToDouble(graph->Latest()->node_count()); });
  metrics->AddGauge("attlas_graph_edges", "Edges at the latest revision.",
                    [graph] { return ToDouble(graph->Latest()->edge_count()); });
}

void AddStoreMetrics(const graph::Graph* graph, RpcMetrics* metrics) {
  const auto gauge = [&](const char* name, const char* help, const Reading& reading) {
    metrics->AddGauge(name, help, [graph, reading] { return reading(graph->Statistics()); });
  };
  const auto counter = [&](const char* name, const char* help, const Reading& reading) {
    metrics->AddCounter(name, help, [graph, reading] { return reading(graph->Statistics()); });
  };
  gauge("attlas_store_file_bytes", "Sorted files on the disk.",
        [](const auto& all) { return ToDouble(all.store.file_bytes); });
  gauge("attlas_store_memtable_bytes", "What is in the log and in memory, not yet in files.",
        [](const auto& all) { return ToDouble(all.store.memtable_bytes); });
  gauge("attlas_store_block_cache_bytes", "Blocks of files that are kept in memory.",
        [](const auto& all) { return ToDouble(all.store.block_cache_bytes); });
  gauge("attlas_store_pending_compaction_bytes", "What has to be rewritten in the background.",
        [](const auto& all) { return ToDouble(all.store.pending_compaction_bytes); });
  gauge("attlas_store_background_jobs", "Flushes and compactions that run.",
        [](const auto& all) { return ToDouble(all.store.background_jobs); });
  gauge("attlas_store_writes_stopped", "1 while writes wait for the background.",
        [](const auto& all) { return all.store.writes_stopped ? 1.0 : 0.0; });
  counter("attlas_store_background_errors_total", "Faults of flushes and compactions.",
          [](const auto& all) { return ToDouble(all.store.background_errors); });
  counter("attlas_committer_commits_total", "Revisions made.",
          [](const auto& all) { return ToDouble(all.committer.commits); });
  counter("attlas_committer_groups_total", "Writes to the disk that made them.",
          [](const auto& all) { return ToDouble(all.committer.groups); });
  counter("attlas_committer_failures_total", "Writes to the disk that failed as a whole.",
          [](const auto& all) { return ToDouble(all.committer.failures); });
  counter("attlas_committer_write_seconds_total", "Time in those writes.",
          [](const auto& all) { return absl::ToDoubleSeconds(all.committer.write_time); });
  gauge("attlas_committer_queued", "Commits that wait or are under way.",
        [](const auto& all) { return ToDouble(all.committer.queued); });
  gauge("attlas_record_cache_bytes", "Nodes, edges and names that are kept in memory.",
        [](const auto& all) { return ToDouble(all.record_cache_bytes); });
  gauge("attlas_snapshots_past", "Earlier revisions that are kept ready.",
        [](const auto& all) { return ToDouble(all.past_snapshots); });
}

void AddWatchMetrics(const LocalGraph* local, RpcMetrics* metrics) {
  metrics->AddGauge("attlas_watch_open", "Streams that watch.",
                    [local] { return ToDouble(local->Watches().open); });
  metrics->AddCounter("attlas_watch_revisions_total", "Revisions told to them.",
                      [local] { return ToDouble(local->Watches().revisions); });
  metrics->AddCounter("attlas_watch_too_slow_total", "Streams ended because they fell behind.",
                      [local] { return ToDouble(local->Watches().too_slow); });
}

}  // namespace

void AddGraphMetrics(const graph::Graph* graph, const LocalGraph* local, RpcMetrics* metrics) {
  AddSnapshotMetrics(graph, metrics);
  AddStoreMetrics(graph, metrics);
  AddWatchMetrics(local, metrics);
}

}  // namespace attlas::services
