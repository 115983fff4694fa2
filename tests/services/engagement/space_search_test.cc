// What was said in a space is found by its members, and by nobody else.
#include <algorithm>

#include "services/evidence/search_queries.h"
#include "tests/services/engagement/space_fixture.h"

namespace attlas::engagement {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SpaceSearchTest : public SpaceTest {
 protected:
  void SetUp() override {
    SpaceTest::SetUp();
    searches_ = std::make_unique<evidence::SearchQueries>(local_.get(), &RandomCodec());
  }
  // It looks at the graph on a thread of its own.
  void TearDown() override { searches_.reset(); }

  absl::StatusOr<evidence::v1::SearchResponse> Search(
      const CallContext& by, const std::string& query,
      graph::TrafficLight ceiling = gv1::TRAFFIC_LIGHT_UNSPECIFIED) const {
    evidence::v1::SearchRequest request;
    request.set_query(query);
    request.mutable_read()->set_ceiling(ceiling);
    return searches_->Search(by, request);
  }
  std::vector<std::string> Found(const CallContext& by, const std::string& query) const {
    const auto response = Search(by, query);
    EXPECT_OK(response);
    std::vector<std::string> names;
    for (const auto& hit : response->hits()) names.push_back(hit.name());
    return names;
  }
  std::string PostEvidence(const std::string& space) const {
    v1::PostToSpaceRequest evidence = Words(space, absl::StrCat("It matters because ", kSecret));
    evidence.set_kind(v1::NOTE_KIND_EVIDENCE);
    evidence.set_display_name("A guide");
    evidence.set_evidence_kind("guide");
    return Post(evidence).name();
  }

  std::unique_ptr<evidence::SearchQueries> searches_;
};

TEST_F(SpaceSearchTest, MembersFindWhyEvidenceMatters) {
  const std::string evidence = PostEvidence(Make());
  EXPECT_THAT(Found(As(kBen), kSecret), ElementsAre(evidence));
  EXPECT_THAT(Found(As(kAna), kSecret), ElementsAre(evidence));
  ASSERT_OK_AND_ASSIGN(const auto response, Search(As(kBen), kSecret));
  EXPECT_EQ(response.hits(0).excerpt_field(), "significance");
}

TEST_F(SpaceSearchTest, NobodyElseFindsItOrIsGivenItsWords) {
  const std::string nonsense = "zq8secretwerd";
  ASSERT_OK_AND_ASSIGN(const auto before, Search(As(kEve), nonsense));
  PostEvidence(Make());
  EXPECT_THAT(Found(As(kEve), kSecret), IsEmpty());
  // A member who asks as somebody who is none, and a member of another space.
  ASSERT_OK_AND_ASSIGN(const auto narrowed, Search(As(kBen), kSecret, gv1::TRAFFIC_LIGHT_AMBER));
  EXPECT_EQ(narrowed.total(), 0);
  v1::CreateSpaceRequest other = Request();
  other.mutable_space()->clear_members();
  other.mutable_space()->add_members()->set_principal(kEve);
  Make(other);
  EXPECT_THAT(Found(As(kEve), kSecret), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto after, Search(As(kEve), nonsense));
  EXPECT_EQ(after.corrected_query(), before.corrected_query());
  EXPECT_EQ(after.total(), before.total());
}

TEST_F(SpaceSearchTest, ItIsGoneWithTheSpaceAndStaysInsideARelease) {
  const std::string space = Make();
  const std::string evidence = PostEvidence(space);
  ASSERT_OK_AND_ASSIGN(const auto released,
                       queries_->ReleaseStatement(As(kAna), Release(space, evidence)));
  EXPECT_THAT(Found(As(kEve), kSecret), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const graph::Node outside, NodeAs(As(kEve), released.name()));
  EXPECT_EQ(outside.display_name(), "A guide");
  EXPECT_EQ(graph::FindProperty(outside.properties(), "significance"), nullptr);
  ASSERT_OK(Close(As(kAna), space, /*erase=*/true));
  searches_->Forget();
  EXPECT_THAT(Found(As(kBen), kSecret), IsEmpty());
  EXPECT_FALSE(FilesHold(kSecret));
}

// The ontology as it was before evidence could hold why it matters.
graph::v1::Ontology OlderOntology(const graph::OntologyIndex& now) {
  graph::v1::Ontology older = now.proto();
  older.set_version(older.version() - 1);
  for (graph::v1::NodeType& type : *older.mutable_node_types()) {
    if (type.name() != "evidence") continue;
    auto* const properties = type.mutable_properties();
    properties->erase(
        std::remove_if(properties->begin(), properties->end(),
                       [](const auto& property) { return property.name() == "significance"; }),
        properties->end());
  }
  return older;
}

TEST_F(SpaceSearchTest, AStoreOfAnOlderOntologyTakesItAndMembersReadIt) {
  ASSERT_OK_AND_ASSIGN(const auto ontology,
                       graph::OntologyIndex::Create(OlderOntology(*graph_->ontology())));
  searches_.reset();
  queries_.reset();
  keeper_.reset();
  local_.reset();
  ASSERT_OK_AND_ASSIGN(
      graph_, graph::Graph::Open({.path = directory_.file("older"), .ontology = ontology}));
  local_ = std::make_unique<services::LocalGraph>(graph_.get(), services::ServiceLimits(),
                                                  RandomCodec());
  keeper_ = std::make_unique<SpaceKeeper>(graph_.get());
  ASSERT_OK(keeper_->Load());
  queries_ = std::make_unique<SpaceQueries>(local_.get(), &RandomCodec(), keeper_.get());
  const std::string space = Make();
  PostEvidence(space);
  ASSERT_OK_AND_ASSIGN(const auto notes, Notes(As(kBen), space));
  ASSERT_EQ(notes.notes_size(), 1);
  EXPECT_EQ(notes.notes(0).text(), absl::StrCat("It matters because ", kSecret));
  EXPECT_EQ(AllThatIsSeenBy(As(kEve)).find(kSecret), std::string::npos);
}

}  // namespace
}  // namespace attlas::engagement
