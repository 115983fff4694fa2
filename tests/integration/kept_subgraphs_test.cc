// That no answer depends on what was asked before: what one question read of the graph is kept for
// the next, of another day, confidence or page (services/domain/kept_subgraphs.h).
//
// The RPCs come from the daemon's own reflection, so that a new one cannot be forgotten.
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/connection.h"
#include "gmock/gmock.h"
#include "google/protobuf/message.h"
#include "google/protobuf/text_format.h"
#include "graph/graph.h"
#include "services/attlasd/daemon.h"
#include "tests/integration/attlasd_process.h"
#include "tests/integration/hosted_methods.h"
#include "tests/integration/question_requests.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using ::testing::SizeIs;

constexpr char kDay[] = "2026-02-03";

// A daemon over a copy of the curated store that keeps no answers, so that each is made.
class Daemon {
 public:
  Daemon() {
    services::DaemonOptions options;
    options.listen = "127.0.0.1:0";
    options.data_dir = directory_.file("store");
    options.runtime.answer_cache_bytes = 0;
    EXPECT_OK(CopyCuratedStore(options.data_dir));
    auto daemon = services::Daemon::Start(std::move(options));
    EXPECT_OK(daemon.status());
    daemon_ = *std::move(daemon);
    channel_ = cli::Connection(daemon_->address(), kPatience).channel();
  }

  const std::string& address() const { return daemon_->address(); }
  graph::Graph& graph() { return *daemon_->graph(); }
  // What the daemon tells of what is kept, of all services together.
  double Metric(const std::string& name) const {
    const std::string line = absl::StrCat("\nattlas_kept_subgraphs_", name, " ");
    const std::string text = daemon_->runtime().metrics().Text();
    const size_t at = text.find(line);
    EXPECT_NE(at, std::string::npos) << name;
    return at == std::string::npos ? -1 : std::strtod(text.c_str() + at + line.size(), nullptr);
  }

  // The answer or the error as text. Tokens of pages differ each time.
  std::string Ask(const MethodDescriptor& method, const Message& request) {
    const RawAnswer answer =
        CallRaw(channel_, absl::StrCat("/", method.service()->full_name(), "/", method.name()),
                request.SerializeAsString());
    if (!answer.status.ok()) return answer.status.error_message();
    const std::unique_ptr<Message> response = NewMessage(method.output_type());
    EXPECT_TRUE(response->ParseFromString(answer.response));
    if (const auto* const token = method.output_type()->FindFieldByName("next_page_token")) {
      response->GetReflection()->ClearField(response.get(), token);
    }
    return response->SerializeAsString();
  }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<services::Daemon> daemon_;
  std::shared_ptr<grpc::Channel> channel_;
};

std::unique_ptr<Message> RequestAsOf(const MethodDescriptor& method, const std::string& text,
                                     const graph::v1::ReadOptions& read) {
  std::unique_ptr<Message> request = NewMessage(method.input_type());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, request.get()))
      << method.full_name() << ": " << text;
  const auto* const field = method.input_type()->FindFieldByName("read");
  request->GetReflection()->MutableMessage(request.get(), field)->MergeFrom(read);
  return request;
}

TEST(KeptSubgraphsIntegrationTest, NoAnswerDependsOnWhatWasAskedBefore) {
  Daemon fresh;
  Daemon asked;
  const auto methods = HostedMethods(fresh.address());
  ASSERT_OK(methods);
  int compared = 0;
  for (const MethodDescriptor* method : *methods) {
    const auto questions = QuestionsToAsk().find(ShortName(*method));
    if (questions == QuestionsToAsk().end() || !Reads(*method)) continue;
    for (const std::string& text : questions->second.answered) {
      // Spaces are those of another store.
      if (text.find("{space}") != std::string::npos) continue;
      for (const graph::v1::ReadOptions& other :
           {AsOf("2014-12-25"), AsOf("1999-01-01"), AsOf(kDay, graph::v1::CONFIDENCE_SEEN),
            AsOf(kDay, graph::v1::CONFIDENCE_UNVERIFIED)}) {
        asked.Ask(*method, *RequestAsOf(*method, text, other));
      }
      const auto request = RequestAsOf(*method, text, AsOf(kDay));
      EXPECT_TRUE(asked.Ask(*method, *request) == fresh.Ask(*method, *request))
          << method->full_name() << " {" << text << "}";
      ++compared;
    }
  }
  EXPECT_GT(compared, 40);
  EXPECT_GT(asked.Metric("hits_total"), 2 * compared);
  EXPECT_GT(asked.Metric("hits_total"), fresh.Metric("hits_total"));
}

// A service that went on to answer from what it read before would tell what was erased.
TEST(KeptSubgraphsIntegrationTest, ARedactionDropsWhatEveryServiceKeeps) {
  Daemon daemon;
  const auto methods = HostedMethods(daemon.address());
  ASSERT_OK(methods);
  std::set<std::string> services;
  for (const MethodDescriptor* method : *methods) {
    const auto questions = QuestionsToAsk().find(ShortName(*method));
    if (questions == QuestionsToAsk().end() || !Reads(*method)) continue;
    const double before = daemon.Metric("bytes");
    for (const std::string& text : questions->second.answered) {
      daemon.Ask(*method, *RequestAsOf(*method, text, AsOf(kDay)));
    }
    if (daemon.Metric("bytes") > before) services.insert(method->service()->name());
  }
  EXPECT_THAT(services, SizeIs(6));
  graph::CommitInput input;
  graph::Node& said = *input.mutations.emplace_back().mutable_put_node();
  said.set_name("sources/said-in-a-room");
  said.set_type("source");
  said.set_display_name("Said in a room");
  said.mutable_marking()->set_space("spaces/room");
  ASSERT_OK(daemon.graph().Commit(std::move(input)));
  const uint64_t last = daemon.graph().LatestRevision();
  ASSERT_OK(
      daemon.graph().Redact({.scopes = {{.space = "spaces/room", .through_revision = last}}}));
  EXPECT_EQ(daemon.Metric("bytes"), 0);
}

}  // namespace
}  // namespace attlas::testing
