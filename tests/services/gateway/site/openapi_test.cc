#include "services/gateway/site/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "attlas/graph/v1/graph_service.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "services/gateway/rpc/method_table.h"
#include "services/gateway/site/embedded_protos.h"
#include "services/gateway/site/reference_page.h"

namespace attlas::gateway {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<const ServiceDescriptor*> Services() {
  return {graph::v1::GetNodeRequest::descriptor()->file()->service(0)};
}

const ApiComments& Comments() {
  static const auto* const comments = new ApiComments(EmbeddedProtos());
  return *comments;
}

const Value& At(const Value& value, const std::string& key) {
  return value.struct_value().fields().at(key);
}

Value Parsed() {
  Value value;
  const auto status =
      google::protobuf::util::JsonStringToMessage(OpenApiDocument(Services(), Comments()), &value);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return value;
}

void CollectReferences(const Value& value, std::set<std::string>* references) {
  for (const auto& [key, member] : value.struct_value().fields()) {
    if (key == "$ref") references->insert(member.string_value());
    CollectReferences(member, references);
  }
  for (const Value& item : value.list_value().values()) CollectReferences(item, references);
}

TEST(OpenApiTest, DescribesEachMethodWithItsComment) {
  const Value document = Parsed();
  EXPECT_EQ(At(document, "openapi").string_value(), "3.1.0");
  const Value& paths = At(document, "paths");
  EXPECT_EQ(paths.struct_value().fields_size(), Services()[0]->method_count());
  const Value& get_node = At(paths, "/attlas.graph.v1.GraphService/GetNode");
  EXPECT_EQ(At(At(get_node, "post"), "summary").string_value(), "Returns one node.");
  EXPECT_EQ(get_node.struct_value().fields().count("get"), 1u);
  const Value& commit = At(paths, "/attlas.graph.v1.GraphService/Commit");
  EXPECT_EQ(commit.struct_value().fields().count("get"), 0u);
}

TEST(OpenApiTest, EveryReferenceIsThere) {
  const Value document = Parsed();
  std::set<std::string> references;
  CollectReferences(document, &references);
  EXPECT_GT(references.size(), 20u);
  const auto& schemas = At(At(document, "components"), "schemas").struct_value().fields();
  constexpr char kPrefix[] = "#/components/schemas/";
  for (const std::string& reference : references) {
    ASSERT_TRUE(reference.starts_with(kPrefix)) << reference;
    EXPECT_EQ(schemas.count(reference.substr(sizeof(kPrefix) - 1)), 1u) << reference;
  }
}

TEST(OpenApiTest, FieldsHaveTheFormOfTheirJson) {
  const Value document = Parsed();
  const Value& schemas = At(At(document, "components"), "schemas");
  const Value& node = At(At(At(schemas, "attlas.graph.v1.Node"), "properties"), "displayName");
  EXPECT_EQ(At(node, "type").string_value(), "string");
  EXPECT_FALSE(At(node, "description").string_value().empty());
  const Value& level = At(schemas, "attlas.graph.v1.TrafficLight");
  EXPECT_EQ(At(level, "enum").list_value().values(0).string_value(), "TRAFFIC_LIGHT_UNSPECIFIED");
}

TEST(ReferencePageTest, HasNoScriptAndNoDanglingLink) {
  const std::string page = ReferencePage(Services(), Comments());
  EXPECT_THAT(page, HasSubstr("Returns one node."));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("style=")));
  size_t links = 0;
  constexpr std::string_view kLink = "href=\"#";
  for (size_t at = page.find(kLink); at != std::string::npos; at = page.find(kLink, at + 1)) {
    const size_t begin = at + kLink.size();
    const std::string id = page.substr(begin, page.find('"', begin) - begin);
    if (id.starts_with("google.protobuf.")) continue;
    EXPECT_NE(page.find("id=\"" + id + "\""), std::string::npos) << id;
    ++links;
  }
  EXPECT_GT(links, 50u);
}

TEST(ReferencePageTest, TextIsNoMarkup) {
  EXPECT_EQ(EscapeHtml("<a href=\"b\">&"), "&lt;a href=&quot;b&quot;&gt;&amp;");
}

}  // namespace
}  // namespace attlas::gateway
