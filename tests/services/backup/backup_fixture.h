// A store with a history, an audit log, and a directory for their backups.
#ifndef ATTLAS_TESTS_SERVICES_BACKUP_BACKUP_FIXTURE_H_
#define ATTLAS_TESTS_SERVICES_BACKUP_BACKUP_FIXTURE_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/graph.h"
#include "graph/model/name.h"
#include "gtest/gtest.h"
#include "services/access/audit_files.h"
#include "services/access/audit_log.h"
#include "services/backup/backup_set.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {

class BackupFixture : public ::testing::Test {
 protected:
  using Backups = services::BackupSet;

  absl::StatusOr<std::unique_ptr<graph::Graph>> OpenGraph(const std::string& path) const {
    return graph::Graph::Open({.path = path, .create_if_missing = false});
  }

  // One commit of one change.
  absl::Status Commit(std::vector<graph::v1::Mutation> mutations) const {
    auto graph = graph::Graph::Open({.path = store_, .ontology = TestOntology()});
    if (!graph.ok()) return graph.status();
    return (*graph)->Commit({.mutations = std::move(mutations), .reason = "a change"}).status();
  }

  absl::StatusOr<storage::v1::BackupManifest> BackUp(bool with_audit = false) const {
    auto backups = Backups::Open(backups_, {.write = true});
    if (!backups.ok()) return backups.status();
    return (*backups)->Create({.store = store_, .audit_dir = with_audit ? audit_ : ""});
  }

  absl::StatusOr<services::RestoreReport> Restore(uint32_t number,
                                                  const services::RestoreTarget& target) const {
    auto backups = Backups::Open(backups_, {});
    if (!backups.ok()) return backups.status();
    return (*backups)->Restore(number, target);
  }

  // What is wrong with a backup, a line each: file, then problem.
  std::string Faults(uint32_t number) const {
    auto backups = Backups::Open(backups_, {});
    if (!backups.ok()) return backups.status().ToString();
    const auto faults = (*backups)->Verify(number);
    if (!faults.ok()) return faults.status().ToString();
    std::string text;
    for (const auto& fault : *faults) {
      absl::StrAppend(&text, fault.file(), " | ", fault.problem(), "\n");
    }
    return text;
  }

  void AppendToAudit(int count, absl::Time time) const {
    const auto log = services::AuditLog::Open(audit_);
    ASSERT_OK(log);
    for (int i = 0; i < count; ++i) {
      (*log)->Append({.time = time, .caller = "ana", .rpc = "a/B", .allowed = true});
    }
    (*log)->Flush();
  }

  // A store of six revisions in which nodes and edges come, change and go.
  void MakeHistory() const {
    ASSERT_OK_AND_ASSIGN(const auto graph,
                         graph::Graph::Open({.path = store_, .ontology = TestOntology()}));
    const auto commit = [&](std::vector<graph::v1::Mutation> mutations) {
      return graph->Commit({.mutations = std::move(mutations), .reason = "a change"}).status();
    };
    ASSERT_OK(commit({Put(MakeNode("sources/test")), Put(MakeNode("sources/late"))}));
    ASSERT_OK(
        commit({Put(MakeNode("states/IDN", "Indonesia")), Put(MakeNode("instruments/att", "ATT")),
                Put(MakeDatedEdge("SIGNED", "states/IDN", "instruments/att", "2013"))}));
    graph::Node changed = MakeNode("instruments/att", "Arms Trade Treaty");
    changed.mutable_citations(0)->set_source("sources/late");
    ASSERT_OK(commit({Put(changed)}));
    ASSERT_OK(commit({Put(MakeNode("states/PHL", "Philippines")),
                      Put(MakeEdge("KNOWS", "states/PHL", "states/IDN"))}));
    ASSERT_OK(commit({Put(InSpace(MakeNode("states/BRN", "Brunei")))}));
    const std::string edge = graph::DeriveEdgeName("KNOWS", "states/PHL", "states/IDN", "");
    ASSERT_OK(commit({Delete(edge), Delete("states/PHL")}));
  }

  static uint64_t BytesUnder(const std::string& directory) {
    uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
      if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return bytes;
  }

  // Changes one byte in the middle of a file.
  static void Damage(const std::string& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const auto at = static_cast<std::streamoff>(std::filesystem::file_size(path) / 2);
    file.seekg(at);
    char byte = 0;
    file.get(byte);
    file.seekp(at);
    file.put(static_cast<char>(byte ^ 0x20));
  }

  // The files of a folder of the backups, in order.
  std::vector<std::string> FilesIn(const std::string& folder) const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(backups_ + "/" + folder)) {
      files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  TemporaryDirectory directory_;
  const std::string store_ = directory_.file("store");
  const std::string audit_ = directory_.file("audit");
  const std::string backups_ = directory_.file("backups");
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_SERVICES_BACKUP_BACKUP_FIXTURE_H_
