#include "tests/scenarios/expectation.h"

#include "absl/strings/str_cat.h"

namespace attlas::testing {
namespace {

using google::protobuf::Value;

std::string ScalarText(const Value& value) {
  switch (value.kind_case()) {
    case Value::kStringValue:
      return value.string_value();
    case Value::kNumberValue:
      return absl::StrCat(value.number_value());
    case Value::kBoolValue:
      return value.bool_value() ? "true" : "false";
    case Value::kStructValue:
      return "a message";
    case Value::kListValue:
      return absl::StrCat("a list of ", value.list_value().values_size());
    default:
      return "nothing";
  }
}

void Compare(const YAML::Node& expected, const Value& actual, const std::string& path,
             std::vector<std::string>* differences) {
  const auto differ = [&](const std::string& wanted) {
    differences->push_back(absl::StrCat(path, ": expected ", wanted, ", got ", ScalarText(actual)));
  };
  if (expected.IsMap()) {
    if (actual.kind_case() != Value::kStructValue) return differ("a message");
    for (const auto& entry : expected) {
      const std::string key = entry.first.Scalar();
      const auto found = actual.struct_value().fields().find(key);
      const Value none;
      Compare(entry.second, found == actual.struct_value().fields().end() ? none : found->second,
              absl::StrCat(path, path.empty() ? "" : ".", key), differences);
    }
    return;
  }
  if (expected.IsSequence()) {
    // JSON leaves an empty list out.
    const int size =
        actual.kind_case() == Value::kListValue ? actual.list_value().values_size() : 0;
    if (static_cast<size_t>(size) != expected.size()) {
      return differ(absl::StrCat("a list of ", expected.size()));
    }
    for (int i = 0; i < size; ++i) {
      Compare(expected[static_cast<size_t>(i)], actual.list_value().values(i),
              absl::StrCat(path, "[", i, "]"), differences);
    }
    return;
  }
  const bool absent = actual.kind_case() == Value::KIND_NOT_SET;
  if (expected.IsNull()) {
    if (!absent) differ("nothing");
    return;
  }
  // JSON leaves a zero, a false and an empty text out.
  const std::string& wanted = expected.Scalar();
  const bool empty = wanted == "0" || wanted == "false" || wanted.empty();
  if (absent ? !empty : ScalarText(actual) != wanted) differ(absl::StrCat("`", wanted, "`"));
}

}  // namespace

std::vector<std::string> Differences(const YAML::Node& expected, const Value& actual) {
  std::vector<std::string> differences;
  Compare(expected, actual, "", &differences);
  return differences;
}

}  // namespace attlas::testing
