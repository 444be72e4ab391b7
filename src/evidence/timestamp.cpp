#include "evidence/timestamp.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::evidence {
namespace {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const { Free(object); }
};
using Response = std::unique_ptr<TS_RESP, Freed<TS_RESP_free>>;
using Token = std::unique_ptr<PKCS7, Freed<PKCS7_free>>;
using Info = std::unique_ptr<TS_TST_INFO, Freed<TS_TST_INFO_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Certificates = std::unique_ptr<STACK_OF(X509), Freed<[](STACK_OF(X509)* all) { sk_X509_free(all); }>>;
using Trusted = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using VerifyContext = std::unique_ptr<TS_VERIFY_CTX, Freed<TS_VERIFY_CTX_free>>;

/// What OpenSSL last complained of, in its words; its queue is empty then.
std::string complaint() {
  std::string text;
  while (const unsigned long code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    if (reason) text = reason;
  }
  return text.empty() ? "?" : text;
}

Error refused(const std::string& why, const std::string& hint = "") { return Error(trf("the time stamp cannot be used: {}", why), hint); }

/// The token in an answer, or the answer if it is the bare token. Null if it is neither.
Token token_in(std::string_view answer, std::string* why = nullptr) {
  constexpr std::size_t most = 1 << 20;  // they have some kilobytes
  if (answer.size() > most) return nullptr;
  const auto* bytes = reinterpret_cast<const unsigned char*>(answer.data());
  const auto size = static_cast<long>(answer.size());
  const unsigned char* at = bytes;
  if (const Response response(d2i_TS_RESP(nullptr, &at, size)); response) {
    const TS_STATUS_INFO* status = TS_RESP_get_status_info(response.get());
    const long granted = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    PKCS7* token = TS_RESP_get_token(response.get());
    if ((granted == TS_STATUS_GRANTED || granted == TS_STATUS_GRANTED_WITH_MODS) && token) return Token(PKCS7_dup(token));
    if (why) *why = tr("the authority did not grant it");
    return nullptr;
  }
  at = bytes;
  Token token(d2i_PKCS7(nullptr, &at, size));
  ERR_clear_error();
  return token;
}

Info info_of(PKCS7* token) {
  Info info(PKCS7_to_TS_TST_INFO(token));
  ERR_clear_error();
  return info;
}

std::optional<Sha256> imprint(TS_TST_INFO* info) {
  TS_MSG_IMPRINT* stamped = TS_TST_INFO_get_msg_imprint(info);
  if (OBJ_obj2nid(TS_MSG_IMPRINT_get_algo(stamped)->algorithm) != NID_sha256) return std::nullopt;
  const ASN1_OCTET_STRING* digest = TS_MSG_IMPRINT_get_msg(stamped);
  return Sha256::from_bytes({reinterpret_cast<const char*>(ASN1_STRING_get0_data(digest)), static_cast<std::size_t>(ASN1_STRING_length(digest))});
}

std::string name_of(X509* certificate) {
  const Bio out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string hex_of(const ASN1_INTEGER* number) {
  const Bio out(BIO_new(BIO_s_mem()));
  i2a_ASN1_INTEGER(out.get(), number);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

struct Read {
  Token token;
  Info info;
};

Read read(std::string_view answer, const Sha256& stamped) {
  std::string why = tr("it is no answer to a request of RFC 3161");
  Read read{token_in(answer, &why), nullptr};
  const char* advice = tr("It is what the authority answers, a .tsr file; `genchi anchor --help` shows how to ask.");
  if (!read.token) throw refused(why, advice);
  read.info = info_of(read.token.get());
  if (!read.info) throw refused(tr("it is no answer to a request of RFC 3161"), advice);
  const auto digest = imprint(read.info.get());
  if (!digest) throw refused(tr("it is not made over a SHA-256"), tr("Ask with `openssl ts -query -sha256`."));
  if (*digest != stamped) throw refused(trf("it was made for other data, with the SHA-256 {}", digest->hex()));
  return read;
}

}  // namespace

std::optional<Sha256> stamped_digest(std::string_view answer) {
  const Token token = token_in(answer);
  const Info info = token ? info_of(token.get()) : nullptr;
  return info ? imprint(info.get()) : std::nullopt;
}

Timestamp read_timestamp(std::string_view answer, const Sha256& stamped) {
  const Read in = read(answer, stamped);
  const Certificates signers(PKCS7_get0_signers(in.token.get(), nullptr, 0));
  if (!signers || sk_X509_num(signers.get()) != 1) {
    ERR_clear_error();
    throw refused(tr("the certificate it was signed with is not in it"), tr("Ask with `openssl ts -query -cert`."));
  }
  // Only the signature: who signed is checked against what the user trusts, by check_authority().
  const Bio content(BIO_new(BIO_s_mem()));
  if (PKCS7_verify(in.token.get(), nullptr, nullptr, nullptr, content.get(), PKCS7_NOVERIFY) != 1) throw refused(trf("its signature is wrong ({})", complaint()));
  X509* signer = sk_X509_value(signers.get(), 0);
  if (X509_check_purpose(signer, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) throw refused(tr("the certificate it was signed with is not made for time stamps"));
  Timestamp stamp;
  std::tm time{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(in.info.get()), &time) != 1) throw refused(tr("its time cannot be read"));
  stamp.time = utc_from_civil({time.tm_year + 1900, time.tm_mon + 1, time.tm_mday}, time.tm_hour, time.tm_min, time.tm_sec, 0);
  stamp.authority = name_of(signer);
  stamp.serial = hex_of(TS_TST_INFO_get_serial(in.info.get()));
  return stamp;
}

void check_authority(std::string_view answer, const Sha256& stamped, std::string_view certificates) {
  const Read in = read(answer, stamped);
  Trusted trusted(X509_STORE_new());
  const Bio pem(BIO_new_mem_buf(certificates.data(), static_cast<int>(certificates.size())));
  int count = 0;
  while (const Certificate certificate{PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)}) {
    X509_STORE_add_cert(trusted.get(), certificate.get());
    ++count;
  }
  ERR_clear_error();
  if (count == 0) throw Error(tr("there is no certificate in the file given"), tr("It must be PEM: -----BEGIN CERTIFICATE-----"));
  // A certificate that has ended since does not undo what was stamped while it was good.
  X509_VERIFY_PARAM* rules = X509_STORE_get0_param(trusted.get());
  std::tm time{};
  ASN1_TIME_to_tm(TS_TST_INFO_get_time(in.info.get()), &time);
  X509_VERIFY_PARAM_set_time(rules, static_cast<std::time_t>(utc_from_civil({time.tm_year + 1900, time.tm_mon + 1, time.tm_mday}, time.tm_hour, time.tm_min, time.tm_sec, 0)));
  const VerifyContext context(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNER | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), trusted.release());
  if (TS_RESP_verify_token(context.get(), in.token.get()) != 1)
    throw refused(trf("its authority is not one of those in the file given ({})", complaint()));
}

}  // namespace genchi::evidence
