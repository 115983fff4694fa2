#include "services/domain/goods.h"

#include <string>
#include <vector>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace attlas::domain {
namespace {

using Goods = std::vector<std::string>;

GoodsTaxonomy MakeTaxonomy() {
  graph::v1::Ontology ontology;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        taxonomies {
          name: "goods"
          terms { id: "small-arms" display_name: "Small arms and light weapons" }
          terms { id: "firearms" broader: "small-arms" }
          terms { id: "ammunition" }
          terms { id: "wmd" }
          terms { id: "not-goods-based" }
        }
        taxonomies {
          name: "subjects"
          terms { id: "wmd" broader: "small-arms" }
        }
      )pb",
      &ontology));
  return GoodsTaxonomy(ontology);
}

TEST(GoodsTaxonomyTest, IsWithinFollowsBroaderTermsOfGoodsAlone) {
  const GoodsTaxonomy taxonomy = MakeTaxonomy();
  EXPECT_TRUE(taxonomy.IsWithin("firearms", "small-arms"));
  EXPECT_TRUE(taxonomy.IsWithin("firearms", "firearms"));
  EXPECT_FALSE(taxonomy.IsWithin("small-arms", "firearms"));
  EXPECT_FALSE(taxonomy.IsWithin("wmd", "small-arms"));
}

TEST(GoodsTaxonomyTest, MatchIsSameWhereAGoodIsOrLiesWithinOrContainsOneOfTheTarget) {
  const GoodsTaxonomy taxonomy = MakeTaxonomy();
  const Goods target = {"small-arms", "ammunition"};
  const GoodsMatch within = taxonomy.Match(Goods{"firearms", "wmd"}, target);
  EXPECT_EQ(within.relation, synergy::v1::GOODS_RELATION_SAME);
  EXPECT_EQ(within.shared, Goods{"firearms"});
  EXPECT_EQ(taxonomy.Match(target, Goods{"firearms"}).shared, Goods{"small-arms"});
  EXPECT_EQ(taxonomy.Match(Goods{"wmd"}, target).relation, synergy::v1::GOODS_RELATION_OTHER);
}

TEST(GoodsTaxonomyTest, MatchIsGeneralWhereTheInstrumentIsNotAboutGoods) {
  EXPECT_EQ(MakeTaxonomy().Match(Goods{"not-goods-based"}, Goods{"small-arms"}).relation,
            synergy::v1::GOODS_RELATION_GENERAL);
}

TEST(GoodsTaxonomyTest, MatchOfUnknownGoodsIsOther) {
  const GoodsTaxonomy taxonomy = MakeTaxonomy();
  EXPECT_EQ(taxonomy.Match({}, Goods{"small-arms"}).relation, synergy::v1::GOODS_RELATION_OTHER);
  EXPECT_EQ(taxonomy.Match(Goods{"wmd"}, {}).relation, synergy::v1::GOODS_RELATION_OTHER);
}

}  // namespace
}  // namespace attlas::domain
