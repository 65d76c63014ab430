import { expect, it } from "vitest";
import { judgePassphrase } from "../../src/renderer/screens/unlock/passphrase-strength.ts";

it("calls short and monotonous passphrases easy to guess, and several words hard", () => {
  const judged = [
    "",
    "abc",
    "aaaaaaaaaaaaaaaaaaaa",
    "Summer2026",
    "correct horse battery staple",
    "四つの単語でできた合言葉です長い",
  ];
  expect(judged.map((one) => judgePassphrase(one))).toEqual(["none", "weak", "weak", "fair", "good", "good"]);
});
