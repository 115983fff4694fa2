#include "clients/cli/reflection.h"

#include <grpcpp/impl/codegen/rpc_method.h>
#include <grpcpp/impl/codegen/sync_stream.h>
#include <grpcpp/support/byte_buffer.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/descriptor_database.h"
#include "google/protobuf/unknown_field_set.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptorProto;
using google::protobuf::SimpleDescriptorDatabase;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

constexpr char kPath[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

// Debian 12 ships the service without its headers; these are the fields of its messages in use.
constexpr int kRequestFileByName = 3;
constexpr int kRequestFileOfSymbol = 4;
constexpr int kRequestListServices = 7;
constexpr int kResponseFiles = 4;
constexpr int kResponseServices = 6;
constexpr int kFirst = 1;  // Of FileDescriptorResponse, ListServiceResponse and ServiceResponse.

// The byte strings of one field.
std::vector<std::string> Strings(const std::string& message, int number) {
  std::vector<std::string> found;
  UnknownFieldSet fields;
  if (!fields.ParseFromString(message)) return found;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() == number && field.type() == UnknownField::TYPE_LENGTH_DELIMITED) {
      found.push_back(field.length_delimited());
    }
  }
  return found;
}

// The stream of questions and answers.
class Conversation {
 public:
  explicit Conversation(const Connection& connection)
      : connection_(connection),
        method_(kPath, grpc::internal::RpcMethod::BIDI_STREAMING, connection.channel()) {
    connection.Prepare(&context_);
    stream_.reset(
        grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(
            connection.channel().get(), method_, &context_));
  }

  // The answer's bytes; nothing once the call has failed.
  bool Ask(int field, const std::string& text, std::string* answer) {
    UnknownFieldSet fields;
    fields.AddLengthDelimited(field, text);
    std::string bytes;
    fields.SerializeToString(&bytes);
    const grpc::Slice slice(bytes);
    grpc::ByteBuffer buffer(&slice, 1);
    if (!stream_->Write(buffer) || !stream_->Read(&buffer)) return false;
    grpc::Slice whole;
    if (!buffer.DumpToSingleSlice(&whole).ok()) return false;
    answer->assign(reinterpret_cast<const char*>(whole.begin()), whole.size());
    return true;
  }

  absl::Status Finish() {
    stream_->WritesDone();
    return connection_.Check(stream_->Finish());
  }

 private:
  const Connection& connection_;
  grpc::internal::RpcMethod method_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> stream_;
};

// A pool that keeps what it is made from.
struct OwnedPool {
  SimpleDescriptorDatabase database;
  DescriptorPool pool{&database};
};

// Adds the files of an answer, and asks for those that they import.
void AddFiles(Conversation* conversation, const std::string& answer,
              SimpleDescriptorDatabase* database) {
  std::vector<std::string> answers = {answer};
  while (!answers.empty()) {
    const std::vector<std::string> files = Strings(answers.back(), kResponseFiles);
    answers.pop_back();
    if (files.empty()) continue;
    for (const std::string& bytes : Strings(files[0], kFirst)) {
      FileDescriptorProto file;
      FileDescriptorProto known;
      if (!file.ParseFromString(bytes) || database->FindFileByName(file.name(), &known)) continue;
      database->Add(file);
      for (const std::string& import : file.dependency()) {
        std::string more;
        if (database->FindFileByName(import, &known)) continue;
        if (conversation->Ask(kRequestFileByName, import, &more)) answers.push_back(more);
      }
    }
  }
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ListServices(const Connection& connection) {
  Conversation conversation(connection);
  std::string answer;
  std::vector<std::string> names;
  if (conversation.Ask(kRequestListServices, "", &answer)) {
    for (const std::string& list : Strings(answer, kResponseServices)) {
      for (const std::string& service : Strings(list, kFirst)) {
        for (std::string& name : Strings(service, kFirst)) names.push_back(std::move(name));
      }
    }
  }
  ATTLAS_RETURN_IF_ERROR(conversation.Finish());
  return names;
}

absl::StatusOr<std::shared_ptr<const DescriptorPool>> DescribeService(const Connection& connection,
                                                                      std::string_view service) {
  Conversation conversation(connection);
  auto owned = std::make_shared<OwnedPool>();
  std::string answer;
  if (conversation.Ask(kRequestFileOfSymbol, std::string(service), &answer)) {
    AddFiles(&conversation, answer, &owned->database);
  }
  const absl::Status status = conversation.Finish();
  if (status.code() == absl::StatusCode::kUnimplemented) return nullptr;
  ATTLAS_RETURN_IF_ERROR(status);
  std::vector<std::string> files;
  owned->database.FindAllFileNames(&files);
  if (files.empty()) return nullptr;
  return std::shared_ptr<const DescriptorPool>(owned, &owned->pool);
}

}  // namespace attlas::cli
