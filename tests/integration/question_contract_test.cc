// What every RPC that answers a question owes to whoever asks, over a real channel: an answer from
// the curated data with all that it rests on, an honest answer where there is nothing, and a
// precise refusal of what cannot be meant. (That a hidden fact shows nowhere is markings_test.)
//
// The RPCs come from the daemon's own reflection and what can be wrong from their descriptors, so
// that a new RPC, or a new field, cannot be forgotten.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "attlas/engagement/v1/engagement_service.pb.h"
#include "attlas/instruments/v1/answer.pb.h"
#include "clients/cli/connection.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "services/attlasd/daemon.h"
#include "services/common/status.h"
#include "tests/integration/attlasd_process.h"
#include "tests/integration/hosted_methods.h"
#include "tests/integration/question_requests.h"
#include "tests/integration/request_spoiler.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/eventually.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"

namespace attlas::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kDay[] = "2026-02-03";

// The curated store behind a daemon, with a space in which something was said and a quiet one.
class QuestionContractTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory_ = new TemporaryDirectory();
    services::DaemonOptions options;
    options.listen = "127.0.0.1:0";
    options.data_dir = directory_->file("store");
    ASSERT_OK(CopyCuratedStore(options.data_dir));
    auto daemon = services::Daemon::Start(std::move(options));
    ASSERT_OK(daemon);
    daemon_ = daemon->release();
    const auto hosted = HostedMethods(daemon_->address());
    ASSERT_OK(hosted);
    methods_ = new std::vector<const MethodDescriptor*>();
    // Two services answer no question of the field; their own tests are in tests/services/graph
    // and tests/services/backup.
    for (const MethodDescriptor* method : *hosted) {
      const std::string& service = method->service()->name();
      if (service != "GraphService" && service != "BackupService") methods_->push_back(method);
    }
    space_ = new std::string(MakeSpace());
    quiet_space_ = new std::string(MakeSpace());
    engagement::v1::PostToSpaceRequest post;
    post.set_space(*space_);
    post.set_text("What was said");
    ASSERT_OK(Call("attlas.engagement.v1.EngagementService/PostToSpace", post).status());
  }
  static void TearDownTestSuite() {
    delete daemon_;
    delete directory_;
    delete methods_;
    delete space_;
    delete quiet_space_;
  }

  static std::string MakeSpace() {
    engagement::v1::CreateSpaceRequest make;
    make.mutable_space()->set_display_name("Round table");
    make.mutable_space()->set_purpose("To speak openly");
    make.mutable_space()->set_retention_days(30);
    const auto made = Call("attlas.engagement.v1.EngagementService/CreateSpace", make);
    EXPECT_OK(made.status());
    engagement::v1::CreateSpaceResponse response;
    EXPECT_TRUE(made.ok() && response.ParseFromString(*made));
    return response.space().name();
  }

  static absl::StatusOr<std::string> Call(const std::string& method, const Message& request) {
    const auto channel = cli::Connection(daemon_->address(), kPatience).channel();
    const RawAnswer answer = CallRaw(channel, "/" + method, request.SerializeAsString());
    if (!answer.status.ok()) return services::FromGrpcStatus(answer.status);
    return answer.response;
  }
  static absl::StatusOr<std::unique_ptr<Message>> Ask(const MethodDescriptor& method,
                                                      const Message& request) {
    ATTLAS_ASSIGN_OR_RETURN(
        const std::string bytes,
        Call(absl::StrCat(method.service()->full_name(), "/", method.name()), request));
    std::unique_ptr<Message> response = NewMessage(method.output_type());
    if (!response->ParseFromString(bytes)) return absl::InternalError("no such message");
    return response;
  }

  // The request of this text, as of the day of these tests and with its sources.
  static std::unique_ptr<Message> Request(const MethodDescriptor& method, const std::string& text) {
    std::unique_ptr<Message> request = NewMessage(method.input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        absl::StrReplaceAll(text, {{"{space}", *space_}, {"{quiet_space}", *quiet_space_}}),
        request.get()))
        << method.full_name() << ": " << text;
    const auto* const read = method.input_type()->FindFieldByName("read");
    auto* const options = dynamic_cast<graph::v1::ReadOptions*>(
        request->GetReflection()->MutableMessage(request.get(), read));
    if (!options->has_as_of()) *options->mutable_as_of() = AsOf(kDay).as_of();
    const auto* const sources = method.input_type()->FindFieldByName("include_sources");
    if (sources != nullptr) request->GetReflection()->SetBool(request.get(), sources, true);
    return request;
  }

  // Calls `check` for each RPC that reads, with what there is to ask of it.
  template <typename Check>
  static void ForEachQuestion(const Check& check) {
    for (const MethodDescriptor* method : *methods_) {
      if (!Reads(*method)) continue;
      const auto asked = QuestionsToAsk().find(ShortName(*method));
      ASSERT_NE(asked, QuestionsToAsk().end())
          << method->full_name() << " reads and has no entry: give it one in question_requests.cc";
      check(*method, asked->second);
    }
  }

  static TemporaryDirectory* directory_;
  static services::Daemon* daemon_;
  static std::vector<const MethodDescriptor*>* methods_;
  static std::string* space_;
  static std::string* quiet_space_;
};

TemporaryDirectory* QuestionContractTest::directory_ = nullptr;
services::Daemon* QuestionContractTest::daemon_ = nullptr;
std::vector<const MethodDescriptor*>* QuestionContractTest::methods_ = nullptr;
std::string* QuestionContractTest::space_ = nullptr;
std::string* QuestionContractTest::quiet_space_ = nullptr;

// The field of this name, where the message has one.
const Message* Part(const Message& message, const std::string& name) {
  const auto* const field = message.GetDescriptor()->FindFieldByName(name);
  return field == nullptr ? nullptr : &message.GetReflection()->GetMessage(message, field);
}
std::string Text(const Message& message, const std::string& name) {
  const auto* const field = message.GetDescriptor()->FindFieldByName(name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}
int Count(const Message& message, const std::string& name) {
  const auto* const field = message.GetDescriptor()->FindFieldByName(name);
  EXPECT_TRUE(field != nullptr && field->is_repeated())
      << message.GetDescriptor()->full_name() << " has no list `" << name << "`";
  return field == nullptr ? 0 : message.GetReflection()->FieldSize(message, field);
}

// What an answer must carry whatever it says: which revision, which date, how sure.
void ExpectItsBasis(const Message& response, const std::string& what) {
  EXPECT_THAT(Text(response, "revision"), Not(IsEmpty())) << what;
  const auto* const basis =
      dynamic_cast<const instruments::v1::AnswerBasis*>(Part(response, "basis"));
  if (basis == nullptr) return;
  EXPECT_TRUE(basis->has_as_of()) << what;
  EXPECT_FALSE(basis->as_of_defaulted()) << what;
  EXPECT_NE(basis->min_confidence(), graph::v1::CONFIDENCE_UNSPECIFIED) << what;
}

// Every statement is cited, and every source that is cited is told.
void ExpectItsSources(const Message& response, const std::string& what) {
  const auto& reflection = *response.GetReflection();
  const auto* const statements = response.GetDescriptor()->FindFieldByName("statements");
  const auto* const sources = response.GetDescriptor()->FindFieldByName("sources");
  if (sources == nullptr) return;
  std::set<std::string> told;
  for (int i = 0; i < reflection.FieldSize(response, sources); ++i) {
    told.insert(Text(reflection.GetRepeatedMessage(response, sources, i), "name"));
  }
  EXPECT_THAT(told, Not(IsEmpty())) << what;
  EXPECT_GT(reflection.FieldSize(response, statements), 0) << what;
  for (int i = 0; i < reflection.FieldSize(response, statements); ++i) {
    const auto& statement = dynamic_cast<const instruments::v1::Statement&>(
        reflection.GetRepeatedMessage(response, statements, i));
    EXPECT_GT(statement.citations_size(), 0) << what << ": " << statement.name();
    for (const graph::v1::Citation& citation : statement.citations()) {
      EXPECT_THAT(told, Contains(citation.source())) << what << ": " << statement.name();
    }
  }
}

// Who is counted and by which statistics: the region set that was asked for is named and defined,
// and statistics say their edition.
void ExpectItsSets(const MethodDescriptor& method, const Message& request, const Message& response,
                   const std::string& what) {
  std::string shown;
  google::protobuf::TextFormat::PrintToString(response, &shown);
  for (const char* const name : {"grouping", "groupings"}) {
    const auto* const field = request.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) continue;
    const auto& reflection = *request.GetReflection();
    const std::string grouping = !field->is_repeated() ? reflection.GetString(request, field)
                                 : reflection.FieldSize(request, field) > 0
                                     ? reflection.GetRepeatedString(request, field, 0)
                                     : std::string();
    if (grouping.empty()) continue;
    EXPECT_THAT(shown, HasSubstr(absl::StrCat("\"groupings/", grouping, "\""))) << what;
    EXPECT_THAT(shown, HasSubstr("definition: \"")) << what;
  }
  if (method.service()->name() == "TransferService") {
    EXPECT_THAT(shown, HasSubstr("\"datasets/sipri-transfers-2020-2024\"")) << what;
    EXPECT_THAT(shown, HasSubstr("licence: \"")) << what;
  }
}

TEST_F(QuestionContractTest, EveryQuestionIsAnsweredFromTheCuratedDataWithWhatItRestsOn) {
  ForEachQuestion([](const MethodDescriptor& method, const QuestionRequests& questions) {
    EXPECT_THAT(questions.answered, Not(IsEmpty())) << method.full_name();
    for (const std::string& text : questions.answered) {
      const std::string what = absl::StrCat(method.full_name(), " {", text, "}");
      const std::unique_ptr<Message> request = Request(method, text);
      const auto response = Ask(method, *request);
      ASSERT_OK(response.status()) << what;
      ExpectItsBasis(**response, what);
      ExpectItsSources(**response, what);
      ExpectItsSets(method, *request, **response, what);
      // It says something: a list that `nothing` leaves empty is filled here.
      for (const std::string& list : questions.empty) {
        EXPECT_GT(Count(**response, list), 0) << what << ": " << list;
        break;
      }
    }
  });
}

TEST_F(QuestionContractTest, WhereThereIsNothingTheAnswerSaysSo) {
  ForEachQuestion([](const MethodDescriptor& method, const QuestionRequests& questions) {
    if (!questions.always.empty()) return;
    const std::string what = absl::StrCat(method.full_name(), " {", questions.nothing, "}");
    EXPECT_FALSE(questions.empty.empty() && questions.says.empty()) << what;
    const auto response = Ask(method, *Request(method, questions.nothing));
    ASSERT_OK(response.status()) << what;
    ExpectItsBasis(**response, what);
    for (const std::string& list : questions.empty) {
      EXPECT_EQ(Count(**response, list), 0) << what << ": " << list;
    }
    if ((*response)->GetDescriptor()->FindFieldByName("sentence") != nullptr) {
      EXPECT_THAT(Text(**response, "sentence"), Not(IsEmpty())) << what;
      EXPECT_THAT(Text(**response, "sentence"), HasSubstr(questions.says)) << what;
    }
  });
}

TEST_F(QuestionContractTest, AMisspeltNameIsRefusedWithTheNearestOne) {
  ForEachQuestion([](const MethodDescriptor& method, const QuestionRequests& questions) {
    std::set<std::string> spoilt_fields;
    for (const std::string& text : questions.answered) {
      for (const Spoilt& spoilt : WithMisspeltNames(*Request(method, text))) {
        const std::string what =
            absl::StrCat(method.full_name(), " {", spoilt.request->ShortDebugString(), "}");
        spoilt_fields.insert(WithoutIndexes(spoilt.field));
        const absl::Status status = Ask(method, *spoilt.request).status();
        EXPECT_THAT(status, AnyOf(StatusIs(absl::StatusCode::kInvalidArgument),
                                  StatusIs(absl::StatusCode::kNotFound)))
            << what;
        // A space is unknown to whoever does not know it, however near.
        if (spoilt.right.starts_with("spaces/")) continue;
        EXPECT_THAT(BlamedFields(status), ElementsAre(spoilt.field)) << what << ": " << status;
        EXPECT_THAT(std::string(status.message()), HasSubstr(spoilt.right)) << what;
      }
    }
    for (const std::string& field : NameFields(*method.input_type())) {
      EXPECT_THAT(spoilt_fields, Contains(field))
          << method.full_name() << ": no request of question_requests.cc gives a name in it";
    }
  });
}

// Such a name is neither compared with all others for long, nor given back.
TEST_F(QuestionContractTest, AnEndlessNameIsRefusedInFewWords) {
  ForEachQuestion([](const MethodDescriptor& method, const QuestionRequests& questions) {
    for (const std::string& text : questions.answered) {
      for (const Spoilt& spoilt : WithEndlessNames(*Request(method, text))) {
        const std::string what = absl::StrCat(method.full_name(), " ", spoilt.field);
        const absl::Status status = Ask(method, *spoilt.request).status();
        EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument)) << what;
        EXPECT_THAT(BlamedFields(status), ElementsAre(spoilt.field)) << what;
        EXPECT_LT(status.message().size(), 2'000u) << what;
      }
    }
  });
}

TEST_F(QuestionContractTest, MoreNamesThanAnybodyNeedsAreRefused) {
  ForEachQuestion([](const MethodDescriptor& method, const QuestionRequests& questions) {
    for (const std::string& text : questions.answered) {
      for (const Spoilt& spoilt : WithCountlessNames(*Request(method, text))) {
        const std::string what = absl::StrCat(method.full_name(), " ", spoilt.field);
        const absl::Status status = Ask(method, *spoilt.request).status();
        EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument)) << what;
        ASSERT_THAT(BlamedFields(status), Not(IsEmpty())) << what << ": " << status;
        EXPECT_EQ(WithoutIndexes(BlamedFields(status).front()), spoilt.field) << what;
      }
    }
  });
}

TEST_F(QuestionContractTest, WhatCannotBeIsRefusedWhereItStands) {
  ForEachQuestion([](const MethodDescriptor& method, const QuestionRequests& questions) {
    for (const Spoilt& spoilt :
         WithImpossibleValues(*Request(method, questions.answered.front()))) {
      const std::string what =
          absl::StrCat(method.full_name(), " {", spoilt.request->ShortDebugString(), "}");
      const absl::Status status = Ask(method, *spoilt.request).status();
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument)) << what;
      EXPECT_THAT(BlamedFields(status), ElementsAre(spoilt.field)) << what << ": " << status;
      EXPECT_THAT(std::string(status.message()), Not(IsEmpty())) << what;
    }
  });
}

TEST_F(QuestionContractTest, AnEmptyRequestIsAnsweredOrBlamedOnAField) {
  for (const MethodDescriptor* method : *methods_) {
    const absl::Status status = Ask(*method, *NewMessage(method->input_type())).status();
    if (status.ok()) {
      EXPECT_TRUE(Reads(*method)) << method->full_name() << " wrote for an empty request";
      continue;
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument)) << method->full_name();
    EXPECT_THAT(BlamedFields(status), Not(IsEmpty())) << method->full_name() << ": " << status;
  }
}

TEST_F(QuestionContractTest, NoQuestionIsListedThatNobodyAnswers) {
  std::vector<std::string> reading;
  for (const MethodDescriptor* method : *methods_) {
    if (Reads(*method)) reading.push_back(ShortName(*method));
  }
  std::vector<std::string> listed;
  for (const auto& [name, questions] : QuestionsToAsk()) listed.push_back(name);
  EXPECT_THAT(listed, ::testing::UnorderedElementsAreArray(reading));
}

}  // namespace
}  // namespace attlas::testing
