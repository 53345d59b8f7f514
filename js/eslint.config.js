import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Index access is checked by the compiler (noUncheckedIndexedAccess); in a loop over a typed array `!` states
      // what the bounds of the loop guarantee.
      "@typescript-eslint/no-non-null-assertion": "off",
      // What is read from a file stays text: no way into HTML but textContent.
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text stays text: use textContent." },
        { property: "outerHTML", message: "Text stays text: use textContent." },
        { property: "insertAdjacentHTML", message: "Text stays text: use append." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text stays text." },
      ],
      "max-lines": ["error", { max: 400 }],
    },
  },
  { ignores: ["node_modules", "*.mjs", "*.config.*"] },
);
