// Runs every scenario file of this folder: its dataset goes through the loader into a store, a
// daemon serves it, and each question is asked over a channel.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "clients/cli/connection.h"
#include "clients/cli/dynamic_call.h"
#include "clients/cli/output/json.h"
#include "graph/base/error.h"
#include "graph/graph.h"
#include "graph/ingest/dataset.h"
#include "graph/ingest/load.h"
#include "graph/model/marking.h"
#include "services/attlasd/daemon.h"
#include "tests/scenarios/expectation.h"
#include "tests/scenarios/scenario.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

namespace fs = std::filesystem;

const char* const kFolder = ATTLAS_SOURCE_DIR "/tests/scenarios";

std::vector<std::string> ScenarioFiles() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().stem().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Writes the dataset of a scenario, with the ontology of data/.
void WriteDataset(const Scenario& scenario, const fs::path& directory) {
  fs::create_directories(directory);
  fs::copy_file(fs::path(ATTLAS_SOURCE_DIR) / "data" / "ontology.textproto",
                directory / "ontology.textproto");
  for (const auto& [path, text] : scenario.tables) {
    fs::create_directories((directory / path).parent_path());
    std::ofstream(directory / path, std::ios::binary) << text;
  }
}

void LoadStore(const fs::path& dataset_directory, const std::string& store) {
  absl::StatusOr<graph::Dataset> dataset = graph::ReadDataset(dataset_directory.string(), nullptr);
  ASSERT_OK(dataset.status());
  auto opened = graph::Graph::Open({.path = store, .ontology = dataset->ontology});
  ASSERT_OK(opened.status());
  ASSERT_OK(graph::LoadDataset(**opened, *std::move(dataset)).status());
}

graph::Clearance ClearanceOf(const std::string& name) {
  if (name.empty()) return graph::Clearance::Operator();
  return graph::Clearance{graph::ParseTrafficLight(name).value(), {}, false};
}

void CheckError(const Question& question, const absl::Status& status) {
  const ExpectedError& expected = *question.error;
  ASSERT_FALSE(status.ok()) << "an error was expected";
  const auto detail = graph::GetErrorDetail(status).value_or(graph::ErrorDetail());
  EXPECT_EQ(absl::StatusCodeToString(status.code()), expected.code) << status;
  if (!expected.reason.empty()) {
    EXPECT_EQ(detail.reason, expected.reason);
  }
  if (!expected.message.empty()) {
    EXPECT_EQ(std::string(status.message()), expected.message);
  }
  if (!expected.field.empty()) {
    ASSERT_EQ(detail.violations.size(), 1U) << status;
    EXPECT_EQ(detail.violations.front().field, expected.field);
  }
}

void Ask(const cli::Connection& connection, const Question& question) {
  SCOPED_TRACE(question.ask);
  ASSERT_OK_AND_ASSIGN(const cli::FoundMethod found, cli::FindMethod(connection, question.method));
  std::vector<std::string> answers;
  const absl::Status status =
      cli::CallMethod(connection, found, question.request,
                      [&](const google::protobuf::Message& answer) -> absl::Status {
                        absl::StatusOr<std::string> json = cli::FormatJsonLine(answer);
                        if (!json.ok()) return json.status();
                        answers.push_back(*std::move(json));
                        return absl::OkStatus();
                      });
  if (question.error.has_value()) return CheckError(question, status);
  ASSERT_OK(status);
  ASSERT_EQ(answers.size(), 1U);
  google::protobuf::Value value;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(answers.front(), &value).ok());
  const std::vector<std::string> differences = Differences(question.expect, value);
  EXPECT_TRUE(differences.empty()) << absl::StrJoin(differences, "\n") << "\nthe answer is\n"
                                   << answers.front();
}

class ScenarioTest : public ::testing::TestWithParam<std::string> {};

TEST_P(ScenarioTest, GetsItsAnswers) {
  ASSERT_OK_AND_ASSIGN(const Scenario scenario,
                       ReadScenario(std::string(kFolder) + "/" + GetParam() + ".yaml"));
  const TemporaryDirectory directory;
  const std::string store = directory.file("store");
  WriteDataset(scenario, directory.file("dataset"));
  ASSERT_NO_FATAL_FAILURE(LoadStore(directory.file("dataset"), store));
  std::set<std::string> viewers;
  for (const Question& question : scenario.questions) viewers.insert(question.clearance);
  for (const std::string& viewer : viewers) {
    SCOPED_TRACE(viewer.empty() ? "the operator" : "cleared for " + viewer);
    services::DaemonOptions options;
    options.listen = "127.0.0.1:0";
    options.data_dir = store;
    options.runtime.local_clearance = ClearanceOf(viewer);
    ASSERT_OK_AND_ASSIGN(const auto daemon, services::Daemon::Start(std::move(options)));
    const cli::Connection connection(daemon->address(), kPatience);
    // Twice: an answer does not change because it was given before.
    for (int round = 0; round < 2; ++round) {
      for (const Question& question : scenario.questions) {
        if (question.clearance == viewer) Ask(connection, question);
      }
    }
    daemon->Shutdown(absl::Seconds(10));
  }
}

INSTANTIATE_TEST_SUITE_P(Files, ScenarioTest, ::testing::ValuesIn(ScenarioFiles()),
                         [](const auto& instance) {
                           std::string name = instance.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace attlas::testing
