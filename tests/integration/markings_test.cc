// What a caller may not see does not exist for that caller: every RPC that reads answers the same,
// byte for byte, whether or not the store holds it.
//
// The services come from the daemon's own reflection and the RPCs from their descriptors, so that a
// new one cannot be forgotten: without requests in read_requests.cc it fails the test.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/cli/connection.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "services/attlasd/daemon.h"
#include "tests/integration/attlasd_process.h"
#include "tests/integration/hosted_methods.h"
#include "tests/integration/read_requests.h"
#include "tests/integration/salted_graph.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

namespace v1 = graph::v1;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

// The methods of all services that a daemon hosts.
std::vector<const MethodDescriptor*> MethodsOf(const services::Daemon& daemon) {
  auto methods = HostedMethods(daemon.address());
  EXPECT_OK(methods);
  return methods.value_or(std::vector<const MethodDescriptor*>());
}

// Clears what two stores may differ in: sealed positions, whose length stays, and the clock.
void Normalize(Message* message) {
  const google::protobuf::Reflection& reflection = *message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->name() == "next_page_token" || field->name() == "cursor") {
      const size_t bytes = reflection.GetString(*message, field).size();
      reflection.SetString(message, field, absl::StrCat("more, ", bytes, " bytes"));
    } else if (field->name() == "commit_time") {
      reflection.ClearField(message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(*message, field); ++i) {
        Normalize(reflection.MutableRepeatedMessage(message, field, i));
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Normalize(reflection.MutableMessage(message, field));
    }
  }
}

// Narrows what a request reads, where `ceiling` is one.
void SetCeiling(v1::TrafficLight ceiling, Message* request) {
  if (ceiling == v1::TRAFFIC_LIGHT_UNSPECIFIED) return;
  const auto* const field = request->GetDescriptor()->FindFieldByName("read");
  ASSERT_NE(field, nullptr) << request->GetDescriptor()->full_name() << " has no `read`";
  Message* const read = request->GetReflection()->MutableMessage(request, field);
  dynamic_cast<v1::ReadOptions*>(read)->set_ceiling(ceiling);
}

// Everything that one daemon answers to one request: all messages of a stream, all pages of a list,
// the error with its details.
class Asker {
 public:
  // `latest` are the revisions that count as the last one; up to the first of them there is
  // something to watch.
  Asker(const services::Daemon& daemon, const std::vector<std::string>& latest)
      : channel_(cli::Connection(daemon.address(), kPatience).channel()), latest_(latest) {}

  std::vector<std::string> Ask(const MethodDescriptor& method, const std::string& text,
                               v1::TrafficLight ceiling = v1::TRAFFIC_LIGHT_UNSPECIFIED) {
    const std::unique_ptr<Message> request = NewMessage(method.input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, request.get()))
        << method.full_name() << ": " << text;
    SetCeiling(ceiling, request.get());
    std::vector<std::string> answers;
    while (AskOnce(method, request.get(), &answers)) {
    }
    return answers;
  }

 private:
  // Appends to `answers`; whether there is a further page, which `request` then asks for.
  bool AskOnce(const MethodDescriptor& method, Message* request,
               std::vector<std::string>* answers) {
    std::string token;
    const auto take = [&](const std::string& bytes) {
      const std::unique_ptr<Message> response = NewMessage(method.output_type());
      EXPECT_TRUE(response->ParseFromString(bytes));
      const auto* const next = method.output_type()->FindFieldByName("next_page_token");
      if (next != nullptr) token = response->GetReflection()->GetString(*response, next);
      const auto* const through = method.output_type()->FindFieldByName("through_revision");
      const bool last = through != nullptr &&
                        response->GetReflection()->GetString(*response, through) == latest_[0];
      Normalize(response.get());
      // Where a watch is cut into messages depends on the bytes of the times of commits.
      if (through != nullptr && TakeChanges(*response, answers)) return !last;
      std::string shown;
      google::protobuf::TextFormat::PrintToString(*response, &shown);
      answers->push_back(WithoutRevisions(std::move(shown)));
      return !last;
    };
    const std::string path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
    const grpc::Status status = ReadAllRaw(channel_, path, request->SerializeAsString(), take);
    if (!status.ok() && status.error_code() != grpc::StatusCode::CANCELLED) {
      answers->push_back(
          WithoutRevisions(absl::StrCat(static_cast<int>(status.error_code()), " ",
                                        status.error_message(), " ", status.error_details())));
    }
    if (token.empty()) return false;
    request->GetReflection()->SetString(request, method.input_type()->FindFieldByName("page_token"),
                                        token);
    return true;
  }

  // Appends the changes of a watch's message one by one; whether it has any.
  bool TakeChanges(const Message& response, std::vector<std::string>* answers) const {
    const auto* const changes = response.GetDescriptor()->FindFieldByName("changes");
    if (changes == nullptr) return false;
    const google::protobuf::Reflection& reflection = *response.GetReflection();
    const int count = reflection.FieldSize(response, changes);
    for (int i = 0; i < count; ++i) {
      std::string shown;
      google::protobuf::TextFormat::PrintToString(
          reflection.GetRepeatedMessage(response, changes, i), &shown);
      answers->push_back(WithoutRevisions(std::move(shown)));
    }
    return count > 0;
  }

  std::string WithoutRevisions(std::string text) const {
    for (const std::string& revision : latest_) {
      absl::StrReplaceAll({{revision, "the latest revision"}}, &text);
    }
    return text;
  }

  const std::shared_ptr<grpc::Channel> channel_;
  const std::vector<std::string> latest_;
};

// Where two lists of answers part, for the reader of a failure.
std::string FirstDifference(const std::vector<std::string>& expected,
                            const std::vector<std::string>& answered) {
  const std::vector<std::string> a = absl::StrSplit(absl::StrJoin(expected, "\n--\n"), '\n');
  const std::vector<std::string> b = absl::StrSplit(absl::StrJoin(answered, "\n--\n"), '\n');
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i] != b[i]) return absl::StrCat("line ", i, ": `", a[i], "`, not `", b[i], "`");
  }
  return absl::StrCat("one goes on after ", std::min(a.size(), b.size()), " lines");
}

// Who asks, and how the daemon comes to know what they may see.
struct Caller {
  const char* name;
  graph::Clearance clearance;
  // Set where a cleared caller asks for less instead: what the daemon keeps of its own answers to
  // that caller must not come through either.
  v1::TrafficLight ceiling = v1::TRAFFIC_LIGHT_UNSPECIFIED;
  // The salted store holds one more commit, all of it hidden: it shows in the number of the latest
  // revision and in nothing else (docs/confidentiality.md).
  bool hidden_commit = false;
};

std::ostream& operator<<(std::ostream& out, const Caller& caller) { return out << caller.name; }

class MarkingsTest : public ::testing::TestWithParam<Caller> {
 protected:
  // Both stores served to a caller of this clearance.
  void Serve(const graph::Clearance& clearance) {
    ASSERT_OK_AND_ASSIGN(graph_, SaltedGraph::Make(directory_.path(), GetParam().clearance,
                                                   GetParam().hidden_commit));
    plain_ = Start(graph_.plain_directory(), clearance);
    salted_ = Start(graph_.salted_directory(), clearance);
    ASSERT_NE(plain_, nullptr);
    ASSERT_NE(salted_, nullptr);
    ASSERT_GT(salted_->graph()->Latest()->edge_count(),
              plain_->graph()->Latest()->edge_count() + 500);
    ASSERT_EQ(salted_->graph()->LatestRevision(),
              plain_->graph()->LatestRevision() + (GetParam().hidden_commit ? 1 : 0));
  }

  static std::unique_ptr<services::Daemon> Start(const std::string& store,
                                                 const graph::Clearance& clearance) {
    services::DaemonOptions options;
    options.listen = "127.0.0.1:0";
    options.data_dir = store;
    options.runtime.local_clearance = clearance;
    auto daemon = services::Daemon::Start(std::move(options));
    EXPECT_OK(daemon);
    return daemon.ok() ? *std::move(daemon) : nullptr;
  }

  const TemporaryDirectory directory_;
  SaltedGraph graph_;
  std::unique_ptr<services::Daemon> plain_;
  std::unique_ptr<services::Daemon> salted_;
};

TEST_P(MarkingsTest, WhatACallerMayNotSeeShowsNowhere) {
  const v1::TrafficLight ceiling = GetParam().ceiling;
  ASSERT_NO_FATAL_FAILURE(Serve(ceiling == v1::TRAFFIC_LIGHT_UNSPECIFIED
                                    ? GetParam().clearance
                                    : graph::Clearance::Operator()));
  Asker ask_plain(*plain_, graph_.plain_revisions());
  Asker ask_salted(*salted_, graph_.salted_revisions());
  for (const MethodDescriptor* method : MethodsOf(*salted_)) {
    if (!Reads(*method)) continue;
    const auto requests = ReadRequests().find(ShortName(*method));
    ASSERT_NE(requests, ReadRequests().end())
        << method->full_name() << " reads and has no requests: give it some in read_requests.cc";
    for (const std::string& request : requests->second) {
      const std::string text = graph_.Filled(request);
      if (ceiling != v1::TRAFFIC_LIGHT_UNSPECIFIED) ask_salted.Ask(*method, text);
      const std::vector<std::string> expected = ask_plain.Ask(*method, text, ceiling);
      const std::vector<std::string> answered = ask_salted.Ask(*method, text, ceiling);
      ASSERT_FALSE(expected.empty()) << method->full_name();
      EXPECT_EQ(answered.size(), expected.size()) << method->full_name() << " {" << text << "}";
      EXPECT_TRUE(answered == expected)
          << method->full_name() << " {" << text << "}: " << FirstDifference(expected, answered);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Callers, MarkingsTest,
    ::testing::Values(
        Caller{"Public", {v1::TRAFFIC_LIGHT_CLEAR, {}, false}},
        Caller{"ClearedForAmber", {v1::TRAFFIC_LIGHT_AMBER, {}, false}},
        Caller{"MemberOfAnotherSpace", {v1::TRAFFIC_LIGHT_RED, {"spaces/salt-two"}, false}},
        Caller{"CeilingOfGreen", {v1::TRAFFIC_LIGHT_GREEN, {}, false}, v1::TRAFFIC_LIGHT_GREEN},
        Caller{"AfterAHiddenCommit",
               {v1::TRAFFIC_LIGHT_AMBER_STRICT, {}, false},
               v1::TRAFFIC_LIGHT_UNSPECIFIED,
               true}),
    [](const auto& suite) { return std::string(suite.param.name); });

// The salt is really there: those who may see it get other answers to the same requests.
class SaltTest : public MarkingsTest {};

TEST_P(SaltTest, ShowsToThoseWhoMaySeeIt) {
  ASSERT_NO_FATAL_FAILURE(Serve(graph::Clearance::Operator()));
  Asker ask_plain(*plain_, graph_.plain_revisions());
  Asker ask_salted(*salted_, graph_.salted_revisions());
  for (const MethodDescriptor* method : MethodsOf(*salted_)) {
    // The ontology is the same for all.
    if (!Reads(*method) || ShortName(*method) == "GraphService/GetOntology") continue;
    bool differs = false;
    for (const std::string& request : ReadRequests().at(ShortName(*method))) {
      const std::string text = graph_.Filled(request);
      differs = differs || ask_plain.Ask(*method, text) != ask_salted.Ask(*method, text);
    }
    EXPECT_TRUE(differs) << method->full_name() << ": its requests do not touch the salt";
  }
}

INSTANTIATE_TEST_SUITE_P(Callers, SaltTest,
                         ::testing::Values(Caller{"Operator",
                                                  {v1::TRAFFIC_LIGHT_CLEAR, {}, false}}),
                         [](const auto& suite) { return std::string(suite.param.name); });

// An RPC either reads, and is tested above, or is one of those that are known to write.
TEST(ReadRequestsTest, NameEveryRpcThatReadsAndNoOther) {
  const TemporaryDirectory directory;
  services::DaemonOptions options;
  options.listen = "127.0.0.1:0";
  options.data_dir = directory.file("store");
  ASSERT_OK(CopyCuratedStore(options.data_dir));
  ASSERT_OK_AND_ASSIGN(const auto daemon, services::Daemon::Start(std::move(options)));
  std::vector<std::string> reading;
  for (const MethodDescriptor* method : MethodsOf(*daemon)) {
    if (Reads(*method)) {
      reading.push_back(ShortName(*method));
    } else {
      const std::string name = ShortName(*method);
      static const auto* const known = new std::set<std::string>{
          "GraphService/Commit", "GraphService/Import", "EngagementService/RecordEngagement",
          "EngagementService/CreateSpace", "EngagementService/UpdateSpaceMembers",
          "EngagementService/CloseSpace", "EngagementService/PostToSpace",
          "EngagementService/SetAttribution", "EngagementService/ReleaseStatement",
          // For operators, who see everything, and about files alone.
          "BackupService/CreateBackup", "BackupService/ListBackups", "BackupService/VerifyBackup"};
      EXPECT_TRUE(known->contains(name))
          << method->full_name() << " neither reads (NO_SIDE_EFFECTS) nor is a known write";
    }
  }
  std::vector<std::string> named;
  for (const auto& [name, requests] : ReadRequests()) named.push_back(name);
  EXPECT_THAT(named, ::testing::UnorderedElementsAreArray(reading));
}

}  // namespace
}  // namespace attlas::testing
