// Errors with their details, streams, deadlines, cancelling, pages and revisions.
#include "tests/clients/cpp/consumer/client_test.h"

#include <attlas/instruments/v1/instrument_service.grpc.pb.h>

#include <set>
#include <thread>

namespace attlas::testing {
namespace {

using ::testing::HasSubstr;

TEST_F(ClientTest, AMissingNameIsToldWithWhatIsNear) {
  instruments::v1::GetStatusRequest request;
  request.set_instrument("atx");
  const auto answer = client().Call(&instruments::v1::InstrumentService::Stub::GetStatus, request);
  ASSERT_EQ(answer.status().code(), absl::StatusCode::kNotFound);
  const client::ErrorDetails details = client::DetailsOf(answer.status());
  EXPECT_EQ(details.reason, "RESOURCE_NOT_FOUND");
  EXPECT_EQ(details.resource, "instruments/atx");
  EXPECT_EQ(details.metadata.at("resource"), "instruments/atx");
  EXPECT_THAT(details.metadata.at("suggestions"), HasSubstr("instruments/att"));
}

TEST_F(ClientTest, AFieldAtFaultIsNamed) {
  graph::v1::CommitRequest request = Creation("fine");
  request.set_validate_only(true);
  request.add_mutations()->mutable_create_node()->set_name("no name");
  const auto answer = client().Call(&GraphStub::Commit, request);
  ASSERT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  const client::ErrorDetails details = client::DetailsOf(answer.status());
  ASSERT_FALSE(details.violations.empty());
  EXPECT_THAT(details.violations[0].field, HasSubstr("mutations[1].create_node"));
  EXPECT_FALSE(details.violations[0].description.empty());
}

TEST_F(ClientTest, PagesAreOfOneRevision) {
  graph::v1::ListNodesRequest request;
  request.set_page_size(500);
  std::set<std::string> names, revisions;
  int pages = 0;
  for (const auto& page : client().Pages(&GraphStub::ListNodes, request)) {
    ASSERT_TRUE(page.ok()) << page.status();
    ++pages;
    revisions.insert(page->revision());
    for (const graph::v1::Node& node : page->nodes()) names.insert(node.name());
    ASSERT_TRUE(client().Call(&GraphStub::Commit, Creation("page-" + std::to_string(pages))).ok());
  }
  EXPECT_GT(pages, 2);
  EXPECT_EQ(revisions.size(), 1U);
  EXPECT_TRUE(names.contains("states/IDN"));
  EXPECT_FALSE(names.contains("sources/page-1"));
}

TEST_F(ClientTest, AnErrorIsTheLastPage) {
  graph::v1::ListNodesRequest request;
  request.mutable_selector()->add_types("no_such_type");
  int pages = 0;
  for (const auto& page : client().Pages(&GraphStub::ListNodes, request)) {
    ++pages;
    EXPECT_EQ(page.status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(pages, 1);
}

TEST_F(ClientTest, AnExportIsReadToItsEnd) {
  auto stream = client().Open(&GraphStub::Export, graph::v1::ExportRequest());
  graph::v1::ExportResponse batch;
  int nodes = 0;
  while (stream.Read(&batch)) nodes += batch.nodes_size();
  EXPECT_TRUE(stream.Finish().ok()) << stream.Finish();
  EXPECT_GT(nodes, 1'000);
}

TEST_F(ClientTest, ALoadIsOneCommit) {
  int sent = 0;
  const auto answer = client().Upload(&GraphStub::Import, [&](graph::v1::ImportRequest* request) {
    if (sent < 3) {
      *request->add_nodes() = Creation("load-" + std::to_string(sent)).mutations(0).create_node();
    } else {
      request->set_row_count(3);
    }
    return sent++ < 4;
  });
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->created_count(), 3);
}

TEST_F(ClientTest, ASessionSeesItsOwnWrites) {
  const client::Client session = client().Session();
  EXPECT_EQ(session.revision(), "");
  const auto written = session.Call(&GraphStub::Commit, Creation("own"));
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(session.revision(), written->revision());
  EXPECT_TRUE(session.Call(&GraphStub::GetNode, Get("sources/own")).ok());
  EXPECT_EQ(client().Session().revision(), "");
}

TEST_F(ClientTest, APinnedViewDoesNotMove) {
  const absl::StatusOr<client::Client> pinned = client().Pinned();
  ASSERT_TRUE(pinned.ok()) << pinned.status();
  ASSERT_TRUE(client().Call(&GraphStub::Commit, Creation("later")).ok());
  EXPECT_TRUE(client().Call(&GraphStub::GetNode, Get("sources/later")).ok());
  EXPECT_EQ(pinned->Call(&GraphStub::GetNode, Get("sources/later")).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(pinned->Call(&GraphStub::GetNode, Get("states/IDN"))->revision(), pinned->revision());
}

TEST_F(ClientTest, ADeadlineEndsAStream) {
  auto stream = client().Open(&GraphStub::Watch, graph::v1::WatchRequest(),
                              {.timeout = absl::Milliseconds(300)});
  EXPECT_EQ(stream.Finish().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(ClientTest, AStreamIsCancelled) {
  auto stream = client().Open(&GraphStub::Watch, graph::v1::WatchRequest());
  std::thread cancelling([&] { stream.Cancel(); });
  EXPECT_EQ(stream.Finish().code(), absl::StatusCode::kCancelled);
  cancelling.join();
}

// Nobody is there, so that no speed decides these.
TEST_F(ClientTest, ADeadlineEndsACall) {
  const client::Client alone =
      *client::Client::Connect("unix:" + daemon().file("none"), {.wait_for_ready = true});
  const auto answer =
      alone.Call(&GraphStub::GetNode, Get("states/IDN"), {.timeout = absl::Milliseconds(200)});
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(ClientTest, ACallIsCancelled) {
  const client::Client alone =
      *client::Client::Connect("unix:" + daemon().file("none"), {.timeout = 4 * kPatience});
  client::Cancellation stop;
  std::thread cancelling([&] { stop.Cancel(); });
  const auto answer =
      alone.Waiting().Call(&GraphStub::GetNode, Get("states/IDN"), {.cancellation = &stop});
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kCancelled);
  cancelling.join();
  EXPECT_TRUE(stop.cancelled());
}

TEST_F(ClientTest, NobodyThereIsToldAtOnce) {
  const client::Client alone = *client::Client::Connect("unix:" + daemon().file("none"));
  EXPECT_EQ(alone.Call(&GraphStub::GetNode, Get("states/IDN")).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace attlas::testing
