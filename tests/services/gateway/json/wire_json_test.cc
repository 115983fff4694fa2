// The quick way to JSON says what protobuf's own says, or leaves it to that.
#include "services/gateway/json/wire_json.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace attlas::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// A message with a field of each type, single, optional and repeated, and itself within.
class WireJsonTest : public ::testing::Test {
 protected:
  WireJsonTest() {
    google::protobuf::FileDescriptorProto file;
    google::protobuf::Timestamp::descriptor()->file()->CopyTo(&file);
    pool_.BuildFile(file);
    file.Clear();
    file.set_name("all.proto");
    file.set_package("test");
    file.set_syntax("proto3");
    file.add_dependency("google/protobuf/timestamp.proto");
    auto* colour = file.add_enum_type();
    colour->set_name("Colour");
    for (const char* name : {"NONE", "RED", "BLUE"}) {
      auto* value = colour->add_value();
      value->set_name(name);
      value->set_number(colour->value_size() - 1);
    }
    auto* message = file.add_message_type();
    message->set_name("All");
    int number = 0;
    for (int type = 1; type <= FieldDescriptor::MAX_TYPE; ++type) {
      if (type == FieldDescriptor::TYPE_GROUP) continue;
      for (int form = 0; form < 3; ++form) AddField(type, form, ++number, message);
    }
    auto* stamp = message->add_field();
    stamp->set_name("some_time");
    stamp->set_number(++number);
    stamp->set_type(google::protobuf::FieldDescriptorProto::TYPE_MESSAGE);
    stamp->set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
    stamp->set_type_name(".google.protobuf.Timestamp");
    type_ = pool_.BuildFile(file)->message_type(0);
  }
  static void AddField(int type, int form, int number, google::protobuf::DescriptorProto* message) {
    auto* field = message->add_field();
    field->set_name(absl::StrCat("a_field_", number));
    field->set_number(number);
    field->set_type(static_cast<google::protobuf::FieldDescriptorProto::Type>(type));
    field->set_label(form == 2 ? google::protobuf::FieldDescriptorProto::LABEL_REPEATED
                               : google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
    if (type == FieldDescriptor::TYPE_ENUM) field->set_type_name(".test.Colour");
    if (type == FieldDescriptor::TYPE_MESSAGE) field->set_type_name(".test.All");
    if (form != 1 || type == FieldDescriptor::TYPE_MESSAGE) return;
    field->set_proto3_optional(true);
    field->set_oneof_index(message->oneof_decl_size());
    message->add_oneof_decl()->set_name(absl::StrCat("_a_field_", number));
  }

  std::unique_ptr<Message> New() {
    return std::unique_ptr<Message>(factory_.GetPrototype(type_)->New());
  }
  // What protobuf reads out of JSON.
  std::unique_ptr<Message> FromJson(const std::string& json) {
    auto message = New();
    const auto status = google::protobuf::util::JsonStringToMessage(json, message.get());
    EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << json;
    return message;
  }
  std::string ToJson(const Message& message) {
    std::string json;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &json).ok());
    return json;
  }

  // In one spelling: protobuf's own, of what it reads.
  std::string Meaning(const std::string& json) { return ToJson(*FromJson(json)); }

  std::string RandomText() {
    static const std::vector<std::string> kPieces = {
        "a", "\"", "\\", "\n", "\t", "\x01", "\x7f", "é", "\u2028", "\U0001f600", "</script>", " "};
    std::string text;
    for (size_t i = random_() % 5; i > 0; --i) text += kPieces[random_() % kPieces.size()];
    return text;
  }
  double RandomReal() {
    static const std::vector<double> kReals = {0,
                                               -0.0,
                                               0.1,
                                               1e300,
                                               -1e-300,
                                               100000,
                                               123456789.125,
                                               1.0 / 3,
                                               std::numeric_limits<double>::infinity()};
    return kReals[random_() % kReals.size()];
  }
  void Fill(const FieldDescriptor& field, int depth, Message* message);
  void FillAll(int depth, Message* message) {
    for (int i = 0; i < type_->field_count(); ++i) {
      const FieldDescriptor& field = *type_->field(i);
      const size_t times = random_() % (field.is_repeated() ? 4 : 2);
      for (size_t n = 0; n < times; ++n) Fill(field, depth, message);
    }
  }

  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  const google::protobuf::Descriptor* type_ = nullptr;
  std::mt19937_64 random_{7};
};

void WireJsonTest::Fill(const FieldDescriptor& field, int depth, Message* message) {
  const Reflection& to = *message->GetReflection();
  const bool add = field.is_repeated();
  const auto bits = static_cast<int64_t>(random_() % 3 == 0 ? random_() % 3 : random_());
  const auto set = [&](auto set_one, auto add_one, auto value) {
    if (add) return (to.*add_one)(message, &field, value);
    (to.*set_one)(message, &field, value);
  };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return set(&Reflection::SetBool, &Reflection::AddBool, bits % 2 == 0);
    case FieldDescriptor::CPPTYPE_INT32:
      return set(&Reflection::SetInt32, &Reflection::AddInt32, static_cast<int32_t>(bits));
    case FieldDescriptor::CPPTYPE_UINT32:
      return set(&Reflection::SetUInt32, &Reflection::AddUInt32, static_cast<uint32_t>(bits));
    case FieldDescriptor::CPPTYPE_INT64:
      return set(&Reflection::SetInt64, &Reflection::AddInt64, bits);
    case FieldDescriptor::CPPTYPE_UINT64:
      return set(&Reflection::SetUInt64, &Reflection::AddUInt64, static_cast<uint64_t>(bits));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return set(&Reflection::SetFloat, &Reflection::AddFloat, static_cast<float>(RandomReal()));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return set(&Reflection::SetDouble, &Reflection::AddDouble, RandomReal());
    case FieldDescriptor::CPPTYPE_ENUM:
      return set(&Reflection::SetEnumValue, &Reflection::AddEnumValue,
                 static_cast<int>(random_() % 5));
    case FieldDescriptor::CPPTYPE_STRING:
      if (add) return to.AddString(message, &field, RandomText());
      return to.SetString(message, &field, RandomText());
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  Message* const inner = add ? to.AddMessage(message, &field) : to.MutableMessage(message, &field);
  if (field.message_type() == type_) {
    if (depth > 0) FillAll(depth - 1, inner);
    return;
  }
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(static_cast<int64_t>(random_() % 4'000'000'000));
  stamp.set_nanos(std::vector<int>{0, 5'000'000, 7'000, 1}[random_() % 4]);
  inner->ParseFromString(stamp.SerializeAsString());
}

TEST_F(WireJsonTest, SaysWhatProtobufSays) {
  for (int i = 0; i < 300; ++i) {
    const auto message = New();
    FillAll(2, message.get());
    const std::optional<std::string> json = WireToJson(*type_, message->SerializeAsString());
    ASSERT_TRUE(json.has_value());
    // Spelt differently in places (protobuf escapes `<`), it means the same.
    ASSERT_EQ(Meaning(*json), Meaning(ToJson(*message)));
  }
}

TEST_F(WireJsonTest, LeavesWhatIsOutOfItsOrderToProtobuf) {
  const auto message = New();
  FillAll(1, message.get());
  // The same once more is a merge, which this does not do.
  const std::string bytes = message->SerializeAsString();
  EXPECT_FALSE(WireToJson(*type_, bytes + bytes).has_value());
}

TEST_F(WireJsonTest, TakesNoDamagedBytes) {
  const auto message = New();
  FillAll(2, message.get());
  const std::string bytes = message->SerializeAsString();
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    const std::optional<std::string> json = WireToJson(*type_, bytes.substr(0, cut));
    if (json.has_value()) FromJson(*json);  // The cut is between fields.
  }
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = bytes.substr(0, 1 + random_() % bytes.size());
    damaged[random_() % damaged.size()] = static_cast<char>(random_());
    const std::optional<std::string> json = WireToJson(*type_, damaged);
    if (!json.has_value()) continue;
    const auto same = New();
    if (!same->ParseFromString(damaged)) continue;
    ASSERT_EQ(Meaning(*json), Meaning(ToJson(*same)));
  }
}

TEST_F(WireJsonTest, TextThatIsNoUtf8IsNotWritten) {
  for (int i = 0; i < type_->field_count(); ++i) {
    const FieldDescriptor& field = *type_->field(i);
    if (field.type() != FieldDescriptor::TYPE_STRING || field.is_repeated()) continue;
    const int number = (field.number() << 3) + 2;
    const std::string tag = {static_cast<char>((number & 0x7f) | 0x80),
                             static_cast<char>(number >> 7)};
    EXPECT_TRUE(WireToJson(*type_, tag + "\x01"
                                         "a")
                    .has_value());
    EXPECT_FALSE(WireToJson(*type_, tag + "\x01\xff").has_value());
  }
}

TEST(WireJsonTypeTest, LeavesSpecialTypesToProtobuf) {
  EXPECT_FALSE(WireToJson(*google::protobuf::Struct::descriptor(), "").has_value());
  EXPECT_FALSE(WireToJson(*google::protobuf::Timestamp::descriptor(), "").has_value());
}

}  // namespace
}  // namespace attlas::gateway
