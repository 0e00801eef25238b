"""HTTP for any slice: access, forms, languages, pages, errors, headers, charts, maps, slice discovery."""
