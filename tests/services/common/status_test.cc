#include "services/common/status.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attlas/errors/v1/error_reason.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "graph/base/error.h"
#include "services/common/error_info.h"
#include "tests/testing/status_matchers.h"

namespace attlas::services {
namespace {

using graph::ErrorDetail;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status rpc;
  EXPECT_TRUE(rpc.ParseFromString(status.error_details()));
  return rpc;
}

template <typename Detail>
std::optional<Detail> FindDetail(const grpc::Status& status) {
  Detail detail;
  const google::rpc::Status rpc = DetailsOf(status);
  for (const google::protobuf::Any& any : rpc.details()) {
    if (any.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

// The code that the API conventions give to a reason.
absl::StatusCode CodeOf(const std::string& reason) {
  using absl::StatusCode;
  if (reason == "RESOURCE_NOT_FOUND") return StatusCode::kNotFound;
  if (reason == "RESOURCE_ALREADY_EXISTS") return StatusCode::kAlreadyExists;
  if (reason == "REVISION_IN_FUTURE" || reason == "REVISION_COMPACTED") {
    return StatusCode::kOutOfRange;
  }
  if (reason == "ETAG_MISMATCH" || reason == "PRECONDITION_FAILED") return StatusCode::kAborted;
  if (reason == "NODE_HAS_EDGES") return StatusCode::kFailedPrecondition;
  if (reason == "MARKING_ABOVE_CLEARANCE" || reason == "ROLE_INSUFFICIENT") {
    return StatusCode::kPermissionDenied;
  }
  if (reason == "CREDENTIALS_MISSING" || reason == "CREDENTIALS_REJECTED") {
    return StatusCode::kUnauthenticated;
  }
  if (reason == "WATCH_TOO_SLOW" || reason == "OVERLOADED" || reason == "QUOTA_EXCEEDED") {
    return StatusCode::kResourceExhausted;
  }
  if (reason == "UNAVAILABLE") return StatusCode::kUnavailable;
  if (reason == "DEADLINE_EXCEEDED") return StatusCode::kDeadlineExceeded;
  if (reason == "CANCELLED") return StatusCode::kCancelled;
  return StatusCode::kInvalidArgument;
}

// The reasons that reach a caller as they are; the others tell the request id alone.
std::vector<std::string> OpenReasons() {
  std::vector<std::string> reasons;
  const auto* values = errors::v1::ErrorReason_descriptor();
  for (int i = 1; i < values->value_count(); ++i) {
    const std::string reason(absl::StripPrefix(values->value(i)->name(), "ERROR_REASON_"));
    if (reason == "DATA_LOSS" || reason == "INTERNAL" || reason == "STORAGE_UNAVAILABLE") continue;
    reasons.push_back(reason);
  }
  return reasons;
}

void ExpectSame(const absl::Status& actual, const absl::Status& expected) {
  EXPECT_EQ(actual.code(), expected.code());
  EXPECT_EQ(actual.message(), expected.message());
  const std::optional<ErrorDetail> a = graph::GetErrorDetail(actual);
  const std::optional<ErrorDetail> e = graph::GetErrorDetail(expected);
  ASSERT_TRUE(a.has_value() && e.has_value());
  EXPECT_EQ(a->reason, e->reason);
  EXPECT_EQ(a->metadata, e->metadata);
  ASSERT_EQ(a->violations.size(), e->violations.size());
  for (size_t i = 0; i < a->violations.size(); ++i) {
    EXPECT_EQ(a->violations[i].field, e->violations[i].field);
    EXPECT_EQ(a->violations[i].description, e->violations[i].description);
  }
}

TEST(StatusTest, EveryReasonSurvivesTheWire) {
  for (const std::string& reason : OpenReasons()) {
    SCOPED_TRACE(reason);
    const absl::Status status =
        graph::MakeError(CodeOf(reason), absl::StrCat("what went wrong: ", reason),
                         {.reason = reason,
                          .metadata = {{"resource", "states/IDN"}, {"zeal", "ü"}},
                          .violations = {}});
    ExpectSame(FromGrpcStatus(ToGrpcStatus(status, "r1")), status);
  }
}

TEST(StatusTest, ViolationsSurviveTheWireForEveryCode) {
  for (const auto code : {absl::StatusCode::kInvalidArgument, absl::StatusCode::kAborted,
                          absl::StatusCode::kFailedPrecondition}) {
    const absl::Status status = graph::MakeError(
        code, "two faults",
        {.reason = "INVALID_FIELD",
         .metadata = {},
         .violations = {{"mutations[3].edge.valid_to", "before valid_from"}, {"name", "empty"}}});
    ExpectSame(FromGrpcStatus(ToGrpcStatus(status, "r1")), status);
  }
}

TEST(StatusTest, InvalidArgumentCarriesBadRequest) {
  const grpc::Status told = ToGrpcStatus(graph::InvalidField("page_size", "-1 is below 0"), "r1");
  EXPECT_EQ(told.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const auto bad_request = FindDetail<google::rpc::BadRequest>(told);
  ASSERT_TRUE(bad_request.has_value());
  ASSERT_EQ(bad_request->field_violations_size(), 1);
  EXPECT_EQ(bad_request->field_violations(0).field(), "page_size");
  EXPECT_EQ(bad_request->field_violations(0).description(), "-1 is below 0");
}

TEST(StatusTest, NotFoundCarriesTheResourceAndErrorInfoComesFirst) {
  const grpc::Status told = ToGrpcStatus(graph::ResourceNotFound("states/XXX"), "r1");
  const auto resource = FindDetail<google::rpc::ResourceInfo>(told);
  ASSERT_TRUE(resource.has_value());
  EXPECT_EQ(resource->resource_name(), "states/XXX");
  EXPECT_EQ(resource->resource_type(), "attlas.graph.v1.Node");
  const auto info = ErrorInfo::Unpack(DetailsOf(told).details(0));
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->domain, "attlas");
  EXPECT_EQ(info->reason, "RESOURCE_NOT_FOUND");
  EXPECT_THAT(info->metadata, ElementsAre(Pair("resource", "states/XXX")));
}

TEST(StatusTest, OverloadAndUnavailableSayWhenToRetry) {
  for (const absl::Status& status : {Overloaded("the queue is full"), Unavailable("stopping")}) {
    const grpc::Status told = ToGrpcStatus(status, "r1");
    const auto retry = FindDetail<google::rpc::RetryInfo>(told);
    ASSERT_TRUE(retry.has_value());
    EXPECT_GT(retry->retry_delay().nanos(), 0);
  }
  EXPECT_TRUE(FindDetail<google::rpc::QuotaFailure>(ToGrpcStatus(Overloaded("full"), "")));
}

TEST(StatusTest, PreconditionsNameTheirSubject) {
  const grpc::Status told = ToGrpcStatus(
      graph::MakeError(
          absl::StatusCode::kAborted, "stale",
          {.reason = "ETAG_MISMATCH", .metadata = {{"resource", "states/IDN"}}, .violations = {}}),
      "r1");
  const auto failure = FindDetail<google::rpc::PreconditionFailure>(told);
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->violations(0).type(), "ETAG_MISMATCH");
  EXPECT_EQ(failure->violations(0).subject(), "states/IDN");
}

TEST(StatusTest, WhatTheCallerCannotMendTellsTheRequestIdAlone) {
  const std::vector<absl::Status> secret = {
      absl::InternalError("/var/lib/attlas/000012.sst line 7"),
      absl::UnknownError("/var/lib/attlas/000012.sst"),
      absl::DataLossError("/var/lib/attlas/000012.sst is damaged"),
      graph::MakeError(absl::StatusCode::kResourceExhausted, "/var/lib/attlas is full",
                       {.reason = "STORAGE_UNAVAILABLE",
                        .metadata = {{"path", "/var/lib/attlas"}},
                        .violations = {}})};
  for (const absl::Status& status : secret) {
    const grpc::Status told = ToGrpcStatus(status, "request-7");
    EXPECT_THAT(told.error_message(), HasSubstr("request-7"));
    EXPECT_THAT(told.error_message(), Not(HasSubstr("/var")));
    EXPECT_THAT(told.error_details(), Not(HasSubstr("/var")));
    const auto info = ErrorInfo::Unpack(DetailsOf(told).details(0));
    ASSERT_TRUE(info.has_value());
    EXPECT_THAT(info->metadata, ElementsAre(Pair("request_id", "request-7")));
  }
  EXPECT_EQ(ToGrpcStatus(absl::UnknownError("x"), "").error_code(), grpc::StatusCode::INTERNAL);
}

TEST(StatusTest, AnErrorOfManyFaultsStillFitsIntoTheHeaders) {
  std::vector<graph::FieldViolation> violations;
  for (int i = 0; i < 10'000; ++i) {
    violations.push_back({absl::StrCat("mutations[", i, "].name"), std::string(900, 'x')});
  }
  const grpc::Status told = ToGrpcStatus(graph::InvalidFields(std::move(violations)), "r1");
  EXPECT_LT(told.error_message().size() + told.error_details().size(), 7'000u);
  const auto info = ErrorInfo::Unpack(DetailsOf(told).details(0));
  ASSERT_TRUE(info.has_value());
  EXPECT_NE(info->metadata.at("omitted_violations"), "0");
}

TEST(StatusTest, ATextIsNotCutInsideACharacter) {
  const std::string description = std::string(511, 'a') + "üüü";
  const grpc::Status told = ToGrpcStatus(graph::InvalidField("name", description), "r1");
  const auto bad_request = FindDetail<google::rpc::BadRequest>(told);
  ASSERT_TRUE(bad_request.has_value());
  EXPECT_EQ(bad_request->field_violations(0).description(), std::string(511, 'a') + "...");
}

TEST(StatusTest, AStatusOfTheTransportGetsTheReasonOfItsCode) {
  const absl::Status status =
      FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "connection refused"));
  EXPECT_THAT(status, testing::StatusIs(absl::StatusCode::kUnavailable, "connection refused"));
  EXPECT_EQ(graph::GetErrorDetail(status)->reason, "UNAVAILABLE");
}

TEST(StatusTest, DamagedDetailsAreNoDetails) {
  const absl::Status status =
      FromGrpcStatus(grpc::Status(grpc::StatusCode::NOT_FOUND, "gone", "\xff\xff not a message"));
  EXPECT_EQ(graph::GetErrorDetail(status)->reason, "RESOURCE_NOT_FOUND");
}

TEST(StatusTest, OkIsOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus(), "r1").ok());
  EXPECT_OK(FromGrpcStatus(grpc::Status::OK));
}

}  // namespace
}  // namespace attlas::services
