#include "services/gateway/rpc/rpc_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/json/message_json.h"

namespace attlas::gateway {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string JsonOf(const grpc::Status& status) {
  JsonWriter json;
  WriteError(status, &json);
  return json.Take();
}

TEST(RpcErrorTest, EachCodeHasItsNameAndItsStatusOfHttp) {
  const std::vector<std::tuple<int, std::string, int>> codes = {{1, "canceled", 499},
                                                                {2, "unknown", 500},
                                                                {3, "invalid_argument", 400},
                                                                {4, "deadline_exceeded", 504},
                                                                {5, "not_found", 404},
                                                                {6, "already_exists", 409},
                                                                {7, "permission_denied", 403},
                                                                {8, "resource_exhausted", 429},
                                                                {9, "failed_precondition", 400},
                                                                {10, "aborted", 409},
                                                                {11, "out_of_range", 400},
                                                                {12, "unimplemented", 501},
                                                                {13, "internal", 500},
                                                                {14, "unavailable", 503},
                                                                {15, "data_loss", 500},
                                                                {16, "unauthenticated", 401},
                                                                {99, "unknown", 500}};
  for (const auto& [number, name, http] : codes) {
    const auto code = static_cast<grpc::StatusCode>(number);
    EXPECT_EQ(CodeName(code), name);
    EXPECT_EQ(HttpStatusOf(code), http);
  }
}

TEST(RpcErrorTest, LeavesOutWhatThereIsNot) {
  EXPECT_EQ(JsonOf({grpc::StatusCode::UNAVAILABLE, ""}), R"({"code":"unavailable"})");
  EXPECT_EQ(JsonOf({grpc::StatusCode::ABORTED, "say \"a\"\n\x01 caf\xc3\xa9 \xff"}),
            "{\"code\":\"aborted\",\"message\":\"say \\\"a\\\"\\n\\u0001 caf\xc3\xa9 "
            "\xef\xbf\xbd\"}");
}

TEST(RpcErrorTest, DetailsHaveTheirBytesAndWhereKnownTheirJson) {
  google::rpc::Status rpc;
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(30);
  rpc.add_details()->PackFrom(retry);
  rpc.add_details()->set_type_url("type.googleapis.com/acme.Unknown");
  rpc.mutable_details(1)->set_value("\xff");
  EXPECT_EQ(JsonOf({grpc::StatusCode::UNAVAILABLE, "m", rpc.SerializeAsString()}),
            R"({"code":"unavailable","message":"m","details":[)"
            R"({"type":"google.rpc.RetryInfo","value":"CgIIHg","debug":{"retryDelay":"30s"}},)"
            R"({"type":"acme.Unknown","value":"/w"}]})");
}

TEST(RpcErrorTest, DetailsAreOfTheServicesAndOfTheirMessages) {
  EXPECT_EQ(JsonOf(ToRpcStatus(absl::ResourceExhaustedError("large"))),
            R"({"code":"resource_exhausted","message":"large"})");
  EXPECT_EQ(JsonOf(ToRpcStatus(absl::InternalError("why"))),
            R"({"code":"internal","message":"why"})");
  const auto* type = google::rpc::RetryInfo::descriptor();
  EXPECT_THAT(JsonOf(ToRpcStatus(JsonToBytes(*type, R"({"a":1})").status())),
              AllOf(HasSubstr(R"("code":"invalid_argument")"),
                    HasSubstr(R"("debug":{"reason":"INVALID_FIELD","domain":"attlas"})")));
}

}  // namespace
}  // namespace attlas::gateway
