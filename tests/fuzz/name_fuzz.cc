// Short texts that callers write: resource names, dates, traffic lights, confidences.
#include "graph/model/name.h"

#include "graph/base/utf8.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"
#include "graph/model/statement.h"
#include "tests/fuzz/fuzz_target.h"

namespace attlas::fuzz {
namespace {

void CheckName(std::string_view input) {
  const auto name = graph::ParseResourceName(input);
  if (!name.ok()) {
    Require(graph::IsValidUtf8(
                std::string_view(name.status().message().data(), name.status().message().size())),
            "an error message that is not UTF-8");
    Require(!graph::IsEdgeName(input), "the name of an edge that is no resource name");
    return;
  }
  Require(std::string(name->collection) + "/" + std::string(name->id) == input,
          "a name is not its two parts");
  Require(graph::IsEdgeName(input) == (name->collection == "edges"), "unclear whether an edge");
}

void CheckDate(std::string_view input) {
  const auto date = graph::ParseDate(input);
  if (!date.ok()) return;
  Require(graph::IsValidDate(*date), "a date that is none");
  Require(graph::FormatDate(*date) == input, "a date changes when it is formatted");
  const auto day = graph::FirstDay(*date);
  Require(graph::FirstDay(graph::DateOfDay(day)) == day, "a day changes when it is a date");
}

}  // namespace

void Fuzz(std::string_view input) {
  CheckName(input);
  CheckDate(input);
  const std::string derived = graph::DeriveEdgeName(input, input, "states/IDN", "");
  Require(graph::IsEdgeName(derived), "a derived name that is none");
  graph::ParseTrafficLight(input).IgnoreError();
  graph::ParseConfidence(input).IgnoreError();
}

std::vector<std::string> Seeds() {
  return {"states/IDN",        "edges/abcdefghijklmnopqrstuvwxyz",
          "provisions/att-12", "2014-12-24",
          "2014-02",           "2014",
          "TLP:AMBER",         "recalled"};
}

}  // namespace attlas::fuzz
